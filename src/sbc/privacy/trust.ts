// The trust domain of RFC 3325 §3, as the policy draws it: an adjacency says so, or the address of the peer lies within.
import { anyHas } from '../../policy/address-range.ts';
import type { Adjacency, Policy } from '../../policy/policy.ts';

/** Who is not known to be trusted is not. */
export function isTrusted({ networks }: Policy, { trusted }: Adjacency, peer: string): boolean {
  if (trusted !== null) return trusted;
  return networks.trusted !== null && anyHas(networks.trusted, peer);
}

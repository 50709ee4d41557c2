// Who is inside the trust domain (RFC 3325 §3): by the policy alone; traffic does not show it.
import { anyHas } from '../../policy/address-range.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Side } from './crossing-side.ts';

/** null: not known. */
export function trustsHost({ networks }: Policy, ip: string): boolean | null {
  return networks.trusted === null ? null : anyHas(networks.trusted, ip);
}

/** Of the peer at one side of a box: as its adjacency says, else its address. */
export function trustsPeer(policy: Policy, { adjacency, peer }: Side): boolean | null {
  return adjacency?.trusted ?? trustsHost(policy, peer.ip);
}

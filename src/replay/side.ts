// A message of a capture → whether it reached the SBC or left it, and at which adjacency, by the local addresses of the policy.
import type { Endpoint } from '../network/endpoint.ts';
import type { Adjacencies } from '../policy/adjacency-lookup.ts';
import { transportNamed } from '../policy/host-address.ts';
import type { Adjacency, TransportName } from '../policy/policy.ts';
import type { SipMessage } from '../sip/message.ts';

export interface Side {
  /** `in`: it reached the SBC; `out`: the SBC sent it. */
  readonly way: 'in' | 'out';
  readonly adjacency: Adjacency;
}

/** Null where neither end is the SBC's, or both are. */
export function sideOf({ src, dst, transport }: SipMessage, adjacencies: Adjacencies): Side | null {
  const name = transportName(transport);
  const to = adjacencies.between(dst.ip, dst.port, src.ip, name);
  const from = adjacencies.between(src.ip, src.port, dst.ip, name);
  if (to !== undefined || from !== undefined) return one(to, from);
  return one(byAddress(adjacencies, dst, src), byAddress(adjacencies, src, dst));
}

export function transportName(transport: string): TransportName {
  return transportNamed(transport) ?? 'udp';
}

/** RFC 3261 §18.1.1: a connection of the SBC's own comes from any port; then its address alone decides. */
function byAddress(adjacencies: Adjacencies, local: Endpoint, remote: Endpoint): Adjacency | undefined {
  const there = adjacencies.all.filter((adjacency) => adjacencies.ownedBy(local.ip, adjacency));
  return (
    there.find(({ peers }) => peers.some((range) => range.has(remote.ip))) ??
    there.find(({ peers }) => peers.length === 0)
  );
}

function one(to: Adjacency | undefined, from: Adjacency | undefined): Side | null {
  if (to !== undefined) return from === undefined ? { way: 'in', adjacency: to } : null;
  return from === undefined ? null : { way: 'out', adjacency: from };
}

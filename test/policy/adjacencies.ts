// Adjacencies and CAC entries for tests: what is not said is as a policy file has it when it is silent.
import { parseRange } from '../../src/policy/address-range.ts';
import type { Adjacency, CacEntry, CacMatch, LocalAddress } from '../../src/policy/policy.ts';

export function adjacency(
  name: string,
  more: Partial<Omit<Adjacency, 'peers'>> & { readonly peers?: readonly string[] } = {},
): Adjacency {
  return {
    name,
    account: null,
    local: [],
    nextHops: [],
    recordRouteUri: null,
    recordRoutePassthrough: null,
    topologyHiding: null,
    registeredSubscribers: false,
    rewriteRegister: null,
    trusted: null,
    h323: false,
    tls: null,
    ...more,
    peers: (more.peers ?? []).map((text) => parseRange(text)!),
  };
}

export function local(host: string, port = 5060, transport: LocalAddress['transport'] = null): LocalAddress {
  return { host, port, transport };
}

export function cacEntry(
  match: Partial<CacMatch>,
  callerPrivacy: CacEntry['callerPrivacy'],
  calleePrivacy: CacEntry['calleePrivacy'] = null,
): CacEntry {
  return { name: 'entry', match: { ...ANY, ...match }, callerPrivacy, calleePrivacy };
}

const ANY: CacMatch = {
  adjacency: null,
  inboundAdjacency: null,
  outboundAdjacency: null,
  account: null,
  inboundAccount: null,
  outboundAccount: null,
  caller: null,
  callee: null,
};

import { parseRange } from '../../src/policy/address-range.ts';
import { DEFAULT_DECISIONS } from '../../src/policy/decisions.ts';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { adjacency, cacEntry, local } from '../policy/adjacencies.ts';
import type { SbcPolicy } from './sbc-policy.ts';

export function interimPolicy(text: string): Policy {
  const o = JSON.parse(text) as SbcPolicy;
  const one = o.passthrough === undefined ? false : o.passthrough;
  const [i, e] = Array.isArray(one) ? one : [one, one];
  const hiding = o.hiding ?? false;
  return {
    ...EMPTY_POLICY,
    adjacencies: [
      adjacency('callers', {
        local: [local('198.51.100.20')],
        peers: ['192.0.2.0/24'],
        recordRoutePassthrough: i,
        topologyHiding: hiding,
      }),
      adjacency('callees', {
        local: [local('198.51.100.30')],
        peers: ['203.0.113.0/24'],
        recordRoutePassthrough: e,
        topologyHiding: hiding,
        h323: o.h323 ?? false,
      }),
    ],
    cac: [cacEntry({}, mode(o.caller), mode(o.callee))],
    interworking: { lateEarly: o.lateEarly ? [['callers', 'callees']] : [] },
    networks: { ...EMPTY_POLICY.networks, trusted: o.trusted ? o.trusted.map((t) => parseRange(t)!) : null },
    decisions: { ...DEFAULT_DECISIONS, ...o.decisions },
  };
}

function mode(on: boolean | null | undefined) {
  return on === null ? null : on ? ('always' as const) : ('never' as const);
}

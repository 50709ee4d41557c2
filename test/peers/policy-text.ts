// The policy of a border between callers (127.0.0.8–15) and callees (127.0.0.40–47), in one of three modes.
export type Mode = 'rewriting' | 'passthrough' | 'privacy';
export type PeerTransport = 'udp' | 'tcp' | 'tls';

export interface Border {
  readonly mode: Mode;
  readonly transport: PeerTransport;
  /** Of 127.0.0.20 and 127.0.0.30. */
  readonly callerPort: number;
  readonly calleePort: number;
  /** Where requests go whose Request-URI begins so: `ip:port`. */
  readonly routes: readonly (readonly [user: string, hop: string])[];
  /** Further lines of YAML at the end. */
  readonly more?: string;
}

export const CALLER_SIDE = '127.0.0.20';
export const CALLEE_SIDE = '127.0.0.30';

export function policyText({ mode, transport, callerPort, calleePort, routes, more = '' }: Border): string {
  const passes = mode === 'passthrough';
  const hidden = mode === 'privacy' ? 'always' : 'never';
  const routed = routes.map(
    ([user, hop]) => `
  - match: { inbound-adjacency: callers, request-uri: '${user}*' }
    adjacency: callees
    next-hops: ['${hop};transport=${transport}']`,
  );
  return `name: border
adjacencies:
  - name: callers
    local: ['${CALLER_SIDE}:${callerPort};transport=${transport}']
    peers: [127.0.0.8/29]
    record-route-passthrough: ${passes}
    topology-hiding: false
  - name: callees
    local: ['${CALLEE_SIDE}:${calleePort};transport=${transport}']
    peers: [127.0.0.40/29]
    record-route-passthrough: ${passes}
    topology-hiding: false
routes:${routed.join('')}
cac:
  - name: all calls
    caller-privacy: ${hidden}
    callee-privacy: ${hidden}
decisions:
  media-path: direct
thresholds:
  short-session: 0s
  effectiveness-ratio: 0.5
ignore:
  - rule: nat/received-rport
    reason: SIPp answers as if there were no rport (RFC 3581 §4)
${more}`;
}

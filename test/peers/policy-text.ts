// The policy of a border between callers (127.0.0.10–19) and callees (127.0.0.40–49), in one of three modes.
export type Mode = 'rewriting' | 'passthrough' | 'privacy';
export type PeerTransport = 'udp' | 'tcp' | 'tls';

export interface Border {
  readonly mode: Mode;
  readonly transport?: PeerTransport;
  /** Of 127.0.0.20 and 127.0.0.30. */
  readonly callerPort: number;
  readonly calleePort: number;
  /** `ip:port` of the next hops on either side. */
  readonly callerHop: string;
  readonly calleeHop: string;
  /** Further lines of YAML at the end. */
  readonly more?: string;
}

export const CALLER_SIDE = '127.0.0.20';
export const CALLEE_SIDE = '127.0.0.30';

export function policyText(border: Border): string {
  const { mode, transport = 'udp', callerPort, calleePort, callerHop, calleeHop, more = '' } = border;
  const passes = mode === 'passthrough';
  const hidden = mode === 'privacy' ? 'always' : 'never';
  return `name: border
adjacencies:
  - name: callers
    local: ['${CALLER_SIDE}:${callerPort};transport=${transport}']
    peers: [127.0.0.8/29, 127.0.0.16/30]
    next-hops: ['${callerHop};transport=${transport}']
    record-route-passthrough: ${passes}
    topology-hiding: false
  - name: callees
    local: ['${CALLEE_SIDE}:${calleePort};transport=${transport}']
    peers: [127.0.0.40/29]
    next-hops: ['${calleeHop};transport=${transport}']
    record-route-passthrough: ${passes}
    topology-hiding: false
routes:
  - match: { inbound-adjacency: callers }
    adjacency: callees
  - match: { inbound-adjacency: callees }
    adjacency: callers
cac:
  - name: all calls
    caller-privacy: ${hidden}
    callee-privacy: ${hidden}
${more}`;
}

// The policy of the box in the examples of the chapter on IM: sbc.com, 192.168.2.20 towards the caller, 192.168.10.10 on.

export interface ChapterPolicy {
  readonly passthrough?: boolean;
  readonly privacy?: boolean;
  /** By their keys in the file. */
  readonly decisions?: Readonly<Record<string, string>>;
}

/** As YAML. */
export function chapterPolicy({
  passthrough = false,
  privacy = false,
  decisions = {},
}: ChapterPolicy = {}): string {
  return `adjacencies:
  - name: caller_adj
    local: [192.168.2.20, sbc.com]
    peers: [192.168.1.0/24]
    record-route-uri: sip:caller_adj@sbc.com
    record-route-passthrough: ${passthrough}
    topology-hiding: false
  - name: callee_adj
    local: [192.168.10.10, sbc.com]
    peers: [192.168.10.50]
    record-route-uri: sip:callee_adj@sbc.com
    record-route-passthrough: ${passthrough}
    topology-hiding: false
cac:
  - caller-privacy: ${privacy ? 'always' : 'never'}
decisions: ${JSON.stringify(decisions)}
`;
}

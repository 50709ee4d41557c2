// The policy of the box in the flows sbc-*: 198.51.100.20 towards the callers, 198.51.100.30 towards the callees.

export interface SbcPolicy {
  /** null: not known. */
  readonly passthrough?: boolean | null | readonly [inbound: boolean, outbound: boolean];
  /** CAC privacy; null: no entry says. */
  readonly caller?: boolean | null;
  readonly callee?: boolean | null;
  readonly hiding?: boolean;
  readonly h323?: boolean;
  readonly lateEarly?: boolean;
  readonly registered?: readonly string[];
  readonly trusted?: readonly string[];
  /** By their keys in the file. */
  readonly decisions?: Readonly<Record<string, string | number | boolean>>;
}

/** As YAML. */
export function sbcPolicy(options: SbcPolicy = {}): string {
  const { passthrough = false, caller = false, callee = false, hiding = false } = options;
  const [inbound, outbound] =
    typeof passthrough === 'object' && passthrough !== null ? passthrough : [passthrough, passthrough];
  const lines = [
    'adjacencies:',
    ...adjacency('callers', '198.51.100.20', '192.0.2.0/24', inbound, hiding),
    ...adjacency('callees', '198.51.100.30', '203.0.113.0/24', outbound, hiding),
    ...(options.h323 ? ['    h323: true'] : []),
    ...privacy(caller, callee),
  ];
  if (options.lateEarly)
    lines.push('interworking:', '  late-early:', '    - { inbound: callers, outbound: callees }');
  if (options.registered) lines.push(`registered: [${options.registered.join(', ')}]`);
  if (options.trusted) lines.push('networks:', `  trusted: [${options.trusted.join(', ')}]`);
  if (options.decisions) {
    lines.push('decisions:');
    for (const [key, value] of Object.entries(options.decisions)) lines.push(`  ${key}: ${value}`);
  }
  return `${lines.join('\n')}\n`;
}

function adjacency(
  name: string,
  local: string,
  peers: string,
  passthrough: boolean | null,
  hiding: boolean,
): string[] {
  return [
    `  - name: ${name}`,
    `    local: [${local}]`,
    `    peers: [${peers}]`,
    `    record-route-passthrough: ${passthrough ?? 'unknown'}`,
    `    topology-hiding: ${hiding}`,
  ];
}

function privacy(caller: boolean | null, callee: boolean | null): string[] {
  if (caller === null && callee === null) return [];
  const lines = ['cac:'];
  for (const [key, on] of [
    ['caller-privacy', caller],
    ['callee-privacy', callee],
  ] as const) {
    if (on !== null) lines.push(`  - ${key}: ${on ? 'always' : 'never'}`);
  }
  return lines;
}

// Where a session description holds keys: in a=crypto (RFC 4568), a=key-mgmt (RFC 4567), k= (RFC 8866 §5.12), a=ice-pwd.
import type { SdpLine } from './line.ts';
import type { SessionDescription } from './session.ts';

/** Octets `[start, end)` of the buffer that was parsed. */
export interface SecretRange {
  readonly start: number;
  readonly end: number;
  readonly kind: 'crypto' | 'key-mgmt' | 'key' | 'ice-pwd';
}

/** In order, none overlapping. Only the key itself is covered: what it is for stays readable. */
export function secretRanges(sd: SessionDescription): SecretRange[] {
  return sd.allLines.flatMap((line) => lineSecrets(sd, line));
}

/** Those of one line. */
export function lineSecrets({ data }: SessionDescription, line: SdpLine): readonly SecretRange[] {
  if (line.type !== 'a' && line.type !== 'k') return NONE;
  const ranges: SecretRange[] = [];
  // One character for each octet, so that positions in the text are positions in the octets.
  const text = data.toString('latin1', line.valueStart, line.valueEnd);
  for (const { type, kind, starts, pattern } of SECRETS) {
    if (line.type !== type || !starts.test(text)) continue;
    for (const match of text.matchAll(pattern)) {
      const to = match.index + match[0].length;
      if (match[1] !== '')
        ranges.push({ start: line.valueStart + to - match[1].length, end: line.valueStart + to, kind });
    }
  }
  return ranges;
}

const NONE: readonly SecretRange[] = [];

// The secret is the last thing that each pattern matches.
const SECRETS = [
  { type: 'a', kind: 'crypto', starts: /^crypto:/i, pattern: /inline:([^|;\s]*)/gi },
  { type: 'a', kind: 'key-mgmt', starts: /^key-mgmt:/i, pattern: /^key-mgmt:\s*\S*\s*(.*)$/gi },
  { type: 'a', kind: 'ice-pwd', starts: /^ice-pwd:/i, pattern: /^ice-pwd:(.*)$/gi },
  // `prompt` holds no key; `uri:` says where one is.
  { type: 'k', kind: 'key', starts: /^(clear|base64|uri):/i, pattern: /^[a-z0-9]+:(.*)$/gi },
] as const;

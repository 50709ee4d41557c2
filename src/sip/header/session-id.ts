// Session-ID (RFC 7989 §5): two UUIDs, 32 lower-case hexadecimal digits each; the null UUID is all zeros.
import { parseTokenValue } from './token-value.ts';

export interface SessionId {
  readonly local: string;
  /** undefined in the form of RFC 7329, which has no remote UUID (RFC 7989 §11). */
  readonly remote: string | undefined;
  readonly valid: boolean;
}

export function parseSessionId(value: string): SessionId {
  const { value: local, params } = parseTokenValue(value);
  const remote = params.get('remote');
  return { local, remote, valid: UUID.test(local) && (remote === undefined || UUID.test(remote)) };
}

export const NULL_UUID = '0'.repeat(32);
const UUID = /^[0-9a-f]{32}$/;

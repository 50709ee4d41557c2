// One value of Warning (RFC 3261 §20.43): `307 isi.edu "Session parameter 'foo' not understood"`.
import { unquote } from '../text/quoted-string.ts';

export interface Warning {
  /** 300 to 399 in SIP. */
  readonly code: number;
  readonly agent: string;
  readonly text: string;
}

/** undefined when the value is not of that form. */
export function parseWarning(value: string): Warning | undefined {
  const match = /^([0-9]{3})\s+(\S+)\s+(".*")$/s.exec(value.trim());
  return match === null ? undefined : { code: Number(match[1]), agent: match[2], text: unquote(match[3]) };
}

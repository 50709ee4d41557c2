// delta-seconds as calls take them (RFC 3261 §25.1): from a parameter, or from a header without making text of it.
import type { HeaderId } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { COLUMN, COLUMNS } from '../sip/scan.ts';

/** Null when absent or no such number. */
export function deltaSeconds(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : null;
}

/** The same of the first row of a header. */
export function deltaSecondsOf(m: SipMessage, header: HeaderId): number | null {
  const row = m.find(header);
  if (row < 0) return null;
  const start = m.table[row * COLUMNS + COLUMN.valueStart];
  const end = m.table[row * COLUMNS + COLUMN.valueEnd];
  if (end === start || end - start > MOST_DIGITS) return null;
  let number = 0;
  for (let at = start; at < end; at++) {
    const digit = m.data[at] - ZERO;
    if (digit < 0 || digit > 9) return null;
    number = number * 10 + digit;
  }
  return number;
}

const MOST_DIGITS = 10;
const ZERO = 48;

// Lines of headers, folded ones included (RFC 3261 §7.3.1), as the scan of messages finds them; what it leaves out is text.

import { HEADERS } from '../../sip/header/header-names.ts';
import { COLUMNS, ScannedMessage, scanFragment } from '../../sip/scan.ts';
import { TOKEN_FOLD } from '../../sip/text/characters.ts';
import { type Context, GENERAL } from '../text/context.ts';
import type { Sheet } from '../text/sheet.ts';
import { text } from '../text/text.ts';
import { headerValue } from './header.ts';

/** Those of `data[from, to)`, without a start line; headers that are not registered are in `context`. */
export function headerLines(sheet: Sheet, from: number, to: number, context: Context = GENERAL): void {
  const { data } = sheet;
  const scanned = new ScannedMessage();
  scanFragment(scanned, data, from, to);
  // Something like a start line has no place here.
  if (scanned.startLineEnd >= 0) text(sheet, from, scanned.startLineEnd, GENERAL);
  const end = scannedRows(sheet, scanned, Math.max(from, scanned.startLineEnd), context);
  text(sheet, end, to, GENERAL);
}

/**
 * The rows of a scanned message from `at` on; the offset after the last. Names that are not registered stay where `namesStay`: in a
 * piece of a message that begins in the middle, what looks like a name may be anything.
 */
export function scannedRows(
  sheet: Sheet,
  scanned: ScannedMessage,
  at: number,
  context: Context = GENERAL,
  namesStay = true,
): number {
  const { table, headerCount } = scanned;
  for (let row = 0; row < headerCount * COLUMNS; row += COLUMNS) {
    const id = table[row];
    const start = table[row + 1];
    const valueStart = table[row + 3];
    const valueEnd = table[row + 4];
    text(sheet, at, start, GENERAL);
    if (id !== 0) headerValue(sheet, id, valueStart, valueEnd);
    else if (namesStay && isName(sheet.data, start, table[row + 2], valueStart))
      text(sheet, valueStart, valueEnd, context);
    else text(sheet, start, valueEnd, GENERAL);
    // A line that is all name has no value.
    at = Math.max(valueEnd, at);
  }
  return at;
}

/** Whether it is a token, and a colon follows it before the value; or the beginning of a registered name that was cut. */
function isName(data: Buffer, from: number, to: number, valueStart: number): boolean {
  for (let at = from; at < to; at++) if (TOKEN_FOLD[data[at]] === 0) return false;
  for (let at = to; at < valueStart; at++) if (data[at] === COLON) return true;
  if (to - from < SHORTEST_CUT || to - from > LONGEST_CUT) return false;
  const cut = data.toString('latin1', from, to).toLowerCase();
  return HEADERS.some(({ name }) => name.toLowerCase().startsWith(cut));
}

const SHORTEST_CUT = 3;
const LONGEST_CUT = 32;
const COLON = 58;

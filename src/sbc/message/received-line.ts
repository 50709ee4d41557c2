// A header line of a received message on its way into another one: octet by octet, but for line ends that are not CRLF
// (RFC 3261 §7.3.1, §25.1).

import type { SipMessage } from '../../sip/message.ts';
import { COLUMN, COLUMNS, LINE_FLAG } from '../../sip/scan.ts';
import { isToken } from '../../sip/text/characters.ts';
import type { OctetWriter } from './octet-writer.ts';

/** Whether every line of the message ends in CRLF, folds too: then lines that follow each other are copied at once. */
export function hasOddLineEnds(message: SipMessage): boolean {
  return (message.flags & (LINE_FLAG.bareLf | LINE_FLAG.bareCr)) !== 0;
}

/** Whether the row is a header field at all; a line without a colon or with no token before it is not passed on. */
export function isHeaderField(message: SipMessage, row: number): boolean {
  if ((message.flags & LINE_FLAG.badHeader) === 0 || message.headerId(row) !== 0) return true;
  const { data, table } = message;
  let at = table[row * COLUMNS + COLUMN.nameEnd];
  while (data[at] === SP || data[at] === HT) at++;
  return data[at] === COLON && isToken(message.headerName(row));
}

/** Writes the row without the line end that closes it. */
export function copyLine(writer: OctetWriter, message: SipMessage, row: number): void {
  const { data, table } = message;
  const start = table[row * COLUMNS + COLUMN.start];
  const end = table[row * COLUMNS + COLUMN.lineEnd];
  let from = start;
  for (let at = start; at < end; at++) {
    if (data[at] !== CR && data[at] !== LF) continue;
    writer.copy(data, from, at);
    writer.text('\r\n');
    if (data[at] === CR && data[at + 1] === LF) at++;
    from = at + 1;
  }
  writer.copy(data, from, end);
}

const HT = 9;
const LF = 10;
const CR = 13;
const SP = 32;
const COLON = 58;

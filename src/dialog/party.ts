// The URI of From or To, as lists of calls show it: without display name, brackets, parameters and headers.
import type { SipMessage } from '../sip/message.ts';
import { COLUMN, COLUMNS } from '../sip/scan.ts';

/**
 * Sets PARTY. RFC 3261 §20.10: in brackets, or without them up to the first semicolon; none when the header is absent
 * (`row` is -1). A tel URI keeps its parameters: they belong to the number (RFC 3966 §5.1).
 */
export function locateParty(m: SipMessage, row: number): void {
  PARTY.start = PARTY.end = -1;
  if (row < 0) return;
  const { data, table } = m;
  let start = table[row * COLUMNS + COLUMN.valueStart];
  const stop = table[row * COLUMNS + COLUMN.valueEnd];
  const open = openingBracket(data, start, stop);
  if (open >= 0) start = open + 1;
  const ends = open >= 0 ? GREATER : SEMICOLON;
  let end = start;
  while (end < stop && data[end] !== ends) end++;
  while (start < end && data[start] <= SPACE) start++;
  if (open >= 0) end = addressEnd(data, start, end);
  while (end > start && data[end - 1] <= SPACE) end--;
  PARTY.start = start;
  PARTY.end = end;
}

/** RFC 3261 §19.1.1: parameters and headers follow the host. A user may hold semicolons and question marks (§25.1). */
function addressEnd(data: Buffer, start: number, end: number): number {
  if ((data[start] | LOWER) !== S) return end;
  let cut = end;
  for (let at = start; at < end; at++) {
    const octet = data[at];
    if (octet === AT) cut = end;
    else if ((octet === SEMICOLON || octet === QUESTION) && cut === end) cut = at;
  }
  return cut;
}

/** Where `<` stands outside a quoted display name. */
function openingBracket(data: Buffer, start: number, stop: number): number {
  let quoted = false;
  for (let at = start; at < stop; at++) {
    const octet = data[at];
    if (octet === QUOTE) quoted = !quoted;
    else if (octet === BACKSLASH && quoted) at++;
    else if (octet === LESS && !quoted) return at;
    else if (octet === SEMICOLON && !quoted) return -1;
  }
  return -1;
}

/** Where the URI stands; -1 when there is none. */
export const PARTY = { start: -1, end: -1 };
const SPACE = 32;
const QUOTE = 34;
const SEMICOLON = 59;
const QUESTION = 63;
const AT = 64;
/** Of `sip` and `sips`. */
const S = 115;
const LOWER = 32;
const LESS = 60;
const GREATER = 62;
const BACKSLASH = 92;

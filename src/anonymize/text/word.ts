// A word of text: it stays, or its pseudonym takes its place.
import { hasUpper, writeHex } from './address-literal.ts';
import type { Context } from './context.ts';
import { DIGIT, HEX_LETTER, KINDS, LETTER } from './octet-kinds.ts';
import type { Sheet } from './sheet.ts';
import { isVocabulary } from './vocabulary.ts';

/** The word `data[start, end)` in a text that begins at `from`; `kinds` of its characters as in octet-kinds.ts. */
export function word(
  sheet: Sheet,
  start: number,
  end: number,
  kinds: number,
  context: Context,
  from: number,
): void {
  const { data } = sheet;
  if (kinds === DIGIT) {
    if (!isNumberKept(data, start, end, context, from)) sheet.replace(start, end);
    return;
  }
  const first = data[start];
  // RFC 3261 §8.1.1.7: the magic cookie of branches, whatever follows it.
  if ((first === 122 || first === 90) && end - start > COOKIE.length && isCookie(data, start)) {
    const rest = start + COOKIE.length;
    let restKinds = 0;
    for (let at = rest; at < end; at++) restKinds |= KINDS[data[at]];
    word(sheet, rest, end, restKinds, context, from);
    return;
  }
  if (context.products ? !isSerial(data, start, end) : context.vocabulary && isVocabulary(data, start, end))
    return;
  if (end - start === 8 && (kinds & LETTER) === 0 && metAddress(sheet, start, end)) return;
  if (kinds === HEX_LETTER && isUuidPart(data, start, end))
    sheet.words.hexadecimal(data, start, end, sheet.out);
  else sheet.replace(start, end);
}

function isNumberKept(data: Buffer, start: number, end: number, context: Context, from: number): boolean {
  if (context.numbers) return true;
  if (context.products) return end - start < SERIAL_DIGITS;
  if (context.claims && start - CLAIM.length >= from)
    return data.toString('latin1', start - CLAIM.length, start) === CLAIM;
  // RFC 7044 §5: a Reason in a URI of History-Info; its cause is a status.
  if ((data[start - 1] | 32) === LETTER_D && start - ESCAPED_CAUSE.length >= from)
    return data.toString('latin1', start - ESCAPED_CAUSE.length, start).toLowerCase() === ESCAPED_CAUSE;
  // RFC 7989 §5: the null UUID says that there is none.
  if (end - start < 8) return false;
  for (let at = start; at < end; at++) if (data[at] !== ZERO) return false;
  return true;
}

/** An address that was met before, in hexadecimal: its pseudonym in hexadecimal. */
function metAddress(sheet: Sheet, start: number, end: number): boolean {
  const { data, out } = sheet;
  const pseudonym = sheet.addresses.metIpv4(Number.parseInt(data.toString('latin1', start, end), 16));
  if (pseudonym === undefined) return false;
  writeHex(out, start, end, pseudonym, hasUpper(data, start, end));
  return true;
}

/** Whether digits that could be a serial number or an address are in it: six in a row, or eight hexadecimal ones. */
function isSerial(data: Buffer, start: number, end: number): boolean {
  let digits = 0;
  let hex = 0;
  let hasDigit = false;
  for (let at = start; at < end; at++) {
    const kind = KINDS[data[at]];
    digits = kind === DIGIT ? digits + 1 : 0;
    hasDigit = kind === DIGIT || (kind === HEX_LETTER && hasDigit);
    hex = kind === LETTER ? 0 : hex + 1;
    if (digits >= SERIAL_DIGITS || (hasDigit && hex >= SERIAL_HEX)) return true;
  }
  return false;
}

/** A group of letters alone in `8-4-4-4-12`: it stays hexadecimal like those beside it (RFC 9562 §4). */
function isUuidPart(data: Buffer, start: number, end: number): boolean {
  const length = end - start;
  if (length !== 4 && length !== 8 && length !== 12) return false;
  for (const offset of UUID_STARTS[length] ?? []) if (isUuid(data, start - offset)) return true;
  return false;
}

function isUuid(data: Buffer, at: number): boolean {
  return at >= 0 && at + 36 <= data.length && UUID.test(data.toString('latin1', at, at + 36));
}

function isCookie(data: Buffer, at: number): boolean {
  return data.toString('latin1', at, at + COOKIE.length).toLowerCase() === COOKIE;
}

const ZERO = 48;
const COOKIE = 'z9hg4bk';
const CLAIM = '"iat":';
const ESCAPED_CAUSE = 'cause%3d';
const LETTER_D = 100;
const SERIAL_DIGITS = 6;
const SERIAL_HEX = 8;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Where groups of so many digits begin. */
const UUID_STARTS: Readonly<Record<number, readonly number[]>> = { 4: [9, 14, 19], 8: [0], 12: [24] };

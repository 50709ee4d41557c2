// The texts of a call, kept as the octets they came as in the call's row of memory; what does not fit there is kept as a
// string. They are UTF-8 mostly, and made strings of only when one is asked for.

import { wordsOf } from '../../sip/text/octet-words.ts';
import { ROW_INTS, ROW_OCTETS, TEXT_END, TEXT_START, TEXTS } from '../kept/call-memory.ts';
import { hashOctets, hashText, octetText, readable, sameOctets } from '../kept/octets.ts';
import type { CallRow } from './call-row.ts';
import type { JsonText } from './json-text.ts';

export const CALL_ID = 0;
export const FROM = 1;
export const TO = 2;
/** Tags of the first dialog. */
export const LOCAL_TAG = 3;
export const REMOTE_TAG = 4;
const COUNT = 5;

/** Before the first text of another call. */
export function clearTexts(call: CallRow): void {
  const { ints } = call.memory;
  const at = call.row * ROW_INTS;
  ints[at + TEXT_END] = TEXT_START;
  for (let which = 0; which < COUNT; which++) ints[at + TEXTS + which] = 0;
  call.longTexts = null;
}

/** Keeps `data[start, end)` as one of the texts; `start` is -1 for none. */
export function keepText(call: CallRow, which: number, data: Buffer, start: number, end: number): void {
  const { ints, octets } = call.memory;
  const at = call.row * ROW_INTS;
  const length = start < 0 ? 0 : end - start;
  const from = ints[at + TEXT_END];
  if (from + length > ROW_OCTETS) {
    call.longTexts ??= new Array(COUNT).fill('');
    call.longTexts[which] = octetText(data, start, end);
    ints[at + TEXTS + which] = LONG;
    return;
  }
  const to = call.row * ROW_OCTETS + from;
  let plain = PLAIN;
  for (let i = 0; i < length; i++) {
    const octet = data[start + i];
    if (octet < 0x20 || octet > 0x7e || octet === QUOTE || octet === BACKSLASH) plain = 0;
    octets[to + i] = octet;
  }
  ints[at + TEXT_END] = from + length;
  ints[at + TEXTS + which] = plain | (from << 16) | length;
}

/** One character for each octet. */
export function octetsOf(call: CallRow, which: number): string {
  const word = wordOf(call, which);
  if (word === LONG) return call.longTexts?.[which] ?? '';
  const start = startOf(call, word);
  return octetText(call.memory.octets, start, start + (word & LENGTH));
}

/** As people read it. */
export function textOf(call: CallRow, which: number): string {
  const word = wordOf(call, which);
  const text = octetsOf(call, which);
  return word !== LONG && (word & PLAIN) !== 0 ? text : readable(text);
}

/** How many octets it has. */
export function textLength(call: CallRow, which: number): number {
  const word = wordOf(call, which);
  return word === LONG ? octetsOf(call, which).length : word & LENGTH;
}

/** Copies its octets to `to` from `at` on. */
export function copyText(call: CallRow, which: number, to: Buffer, at: number): void {
  const word = wordOf(call, which);
  if (word === LONG) {
    to.write(octetsOf(call, which), at, 'latin1');
    return;
  }
  const start = startOf(call, word);
  call.memory.octets.copy(to, at, start, start + (word & LENGTH));
}

/** A hash of the user in it: `alice` of `sip:alice@example.com`; of the whole where there is none. */
export function hashUser(call: CallRow, which: number): number {
  const word = wordOf(call, which);
  if (word === LONG) return hashText(userOf(octetsOf(call, which)));
  const { octets } = call.memory;
  const start = startOf(call, word);
  const end = start + (word & LENGTH);
  let at = start;
  while (at < end && octets[at] !== AT) at++;
  if (at === end) return hashOctets(octets, start, end);
  let user = start;
  while (user < at && octets[user] !== COLON) user++;
  return hashOctets(octets, user < at ? user + 1 : at, at);
}

/** That user. */
export function userOf(uri: string): string {
  const at = uri.indexOf('@');
  return at < 0 ? uri : uri.slice(uri.indexOf(':') + 1, at);
}

/** Whether it is `data[start, end)`, octet by octet. */
export function isText(call: CallRow, which: number, data: Buffer, start: number, end: number): boolean {
  const word = wordOf(call, which);
  if (word === LONG) return sameOctets(data, start, end, octetsOf(call, which));
  const length = word & LENGTH;
  if (end - start !== length) return start < 0 && length === 0;
  const { octets, view } = call.memory;
  const from = startOf(call, word);
  const words = wordsOf(data);
  // Four octets at a time from the end on, where identifiers of one sender differ first.
  let left = length;
  for (; left >= 4; left -= 4) {
    if (words.getInt32(start + left - 4, true) !== view.getInt32(from + left - 4, true)) return false;
  }
  while (left > 0) if (data[start + --left] !== octets[from + left]) return false;
  return true;
}

/** Writes it as a string of JSON. */
export function appendText(json: JsonText, call: CallRow, which: number): void {
  const word = wordOf(call, which);
  if (word === LONG || (word & PLAIN) === 0) json.string(textOf(call, which));
  else json.plain(call.memory.view, startOf(call, word), word & LENGTH);
}

function wordOf(call: CallRow, which: number): number {
  return call.memory.ints[call.row * ROW_INTS + TEXTS + which];
}

function startOf(call: CallRow, word: number): number {
  return call.row * ROW_OCTETS + ((word >> 16) & START);
}

// The word of a text: its length, where it stands from bit 16 on, and whether JSON has it as it is. Or it has no room.
const LENGTH = 0xffff;
const START = 0x3ff;
const PLAIN = 1 << 30;
const LONG = -1;
const QUOTE = 34;
const COLON = 58;
const AT = 64;
const BACKSLASH = 92;

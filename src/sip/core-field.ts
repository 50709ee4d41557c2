// The fields that tie messages together, found as offsets within a header value (`data[at, end)`): Call-ID, CSeq, the
// branch of the topmost Via, the tags of From and To; and Content-Length, which ends the message.

import { methodIdAt } from './method.ts';
import type { ScannedMessage } from './scan.ts';
import { LWS, TOKEN_FOLD } from './text/characters.ts';
import { octetAt, wordsOf } from './text/octet-words.ts';

/** RFC 3261 §20.8: the whole value, compared octet by octet. */
export function scanCallId(message: ScannedMessage, at: number, end: number): void {
  message.callIdStart = at;
  message.callIdEnd = end;
}

/** RFC 3261 §20.16: `1*DIGIT LWS Method`. A number that is none leaves the sequence at -1 and gives the method. */
export function scanCSeq(message: ScannedMessage, at: number, end: number): void {
  const { data } = message;
  let number = 0;
  const start = at;
  for (; at < end && data[at] >= ZERO && data[at] <= NINE; at++) number = number * 10 + (data[at] - ZERO);
  if (at > start) message.cseqNumber = Math.min(number, Number.MAX_SAFE_INTEGER);
  else while (at < end && LWS[data[at]] === 0) at++;
  while (at < end && LWS[data[at]] !== 0) at++;
  const method = at;
  while (at < end && TOKEN_FOLD[data[at]] !== 0) at++;
  message.cseqMethodStart = method;
  message.cseqMethodEnd = at;
  message.cseqMethodId = methodIdAt(data, method, at);
}

/** RFC 3261 §20.14: `1*DIGIT`. Anything else is -2, and so is a second number that says otherwise (RFC 4475 §3.3.9). */
export function scanContentLength(message: ScannedMessage, at: number, end: number): void {
  const { data } = message;
  let number = at < end ? 0 : -2;
  for (; at < end && number >= 0; at++) {
    number = data[at] >= ZERO && data[at] <= NINE ? number * 10 + (data[at] - ZERO) : -2;
  }
  number = Math.min(number, Number.MAX_SAFE_INTEGER);
  message.contentLength = message.contentLength === -1 || message.contentLength === number ? number : -2;
}

/** RFC 3261 §20.42: the branch parameter of the first of the values. */
export function scanBranch(message: ScannedMessage, at: number, end: number): void {
  const start = findParameter(message.data, at, end, BRANCH, true);
  if (start < 0) return;
  message.branchStart = start;
  message.branchEnd = endOfParameter(message.data, start, end);
}

/** RFC 3261 §20.20: the tag parameter; after a bare URI parameters belong to the header (§20.10). */
export function scanFromTag(message: ScannedMessage, at: number, end: number): void {
  const start = findParameter(message.data, at, end, TAG, false);
  if (start < 0) return;
  message.fromTagStart = start;
  message.fromTagEnd = endOfParameter(message.data, start, end);
}

/** RFC 3261 §20.39: as for From. */
export function scanToTag(message: ScannedMessage, at: number, end: number): void {
  const start = findParameter(message.data, at, end, TAG, false);
  if (start < 0) return;
  message.toTagStart = start;
  message.toTagEnd = endOfParameter(message.data, start, end);
}

/** Where the value of a header parameter begins, of a list that of its first element; -1 when it has none. */
function findParameter(data: Buffer, at: number, end: number, name: Uint8Array, list: boolean): number {
  // A quote or bracket that is never closed is a character like any other; it is looked for only once.
  let quotes = true;
  let brackets = true;
  while (at < end) {
    const octet = data[at++];
    if (MATTERS[octet] === 0) continue;
    if (octet === SEMICOLON) {
      const value = parameterValue(data, at, end, name);
      if (value >= 0) return value;
    } else if (octet === LESS && brackets) {
      const close = closingBracket(data, at, end);
      brackets = close >= 0;
      if (brackets) at = close + 1;
    } else if (octet === QUOTE && quotes) {
      const close = closingQuote(data, at, end);
      quotes = close >= 0;
      if (quotes) at = close + 1;
    } else if (octet === COMMA && list) return -1;
  }
  return -1;
}

/** Where the value begins when the parameter at `at` has this name (and a value), else -1. */
function parameterValue(data: Buffer, at: number, end: number, name: Uint8Array): number {
  while (at < end && LWS[data[at]] !== 0) at++;
  if (at + name.length >= end) return -1;
  for (let i = 0; i < name.length; i++) if (TOKEN_FOLD[data[at + i]] !== name[i]) return -1;
  at += name.length;
  while (at < end && LWS[data[at]] !== 0) at++;
  if (at >= end || data[at] !== EQUALS) return -1;
  at++;
  while (at < end && LWS[data[at]] !== 0) at++;
  return at;
}

function endOfParameter(data: Buffer, at: number, end: number): number {
  while (at < end && ENDS[data[at]] === 0) at++;
  return at;
}

/** Where the quoted string whose inside begins at `at` is closed, -1 when it is not. */
function closingQuote(data: Buffer, at: number, end: number): number {
  for (; at < end; at++) {
    if (data[at] === BACKSLASH) at++;
    else if (data[at] === QUOTE) return at;
  }
  return -1;
}

function closingBracket(data: Buffer, at: number, end: number): number {
  const close = octetAt(data, wordsOf(data), at, end, GREATER);
  return close < end ? close : -1;
}

const ZERO = 48;
const NINE = 57;
const QUOTE = 34;
const COMMA = 44;
const SEMICOLON = 59;
const LESS = 60;
const EQUALS = 61;
const GREATER = 62;
const BACKSLASH = 92;
const TAG = Uint8Array.from([116, 97, 103]);
const BRANCH = Uint8Array.from([98, 114, 97, 110, 99, 104]);
/** What cannot be passed over on the way to a parameter. */
const MATTERS = octets('<;",');
/** What ends the value of a parameter. */
const ENDS = octets(';, \t\r\n');

function octets(characters: string): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) =>
    characters.includes(String.fromCharCode(code)) ? 1 : 0,
  );
}

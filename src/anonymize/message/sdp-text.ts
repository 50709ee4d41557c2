// A session description line by line (RFC 8866 §5): numbers stay, as ports, payload types, clocks; who and where become pseudonyms,
// keys and what else is made for one call altogether.
import { type Context, GENERAL, NAMES, NUMBERED, SECRET } from '../text/context.ts';
import { KINDS, WORD } from '../text/octet-kinds.ts';
import type { Sheet } from '../text/sheet.ts';
import { text } from '../text/text.ts';
import { isVocabulary } from '../text/vocabulary.ts';

export function sdpText(sheet: Sheet, from: number, to: number): void {
  const { data } = sheet;
  for (let at = from; at < to; ) {
    let end = at;
    while (end < to && data[end] !== LF && data[end] !== CR) end++;
    if (end > at) line(sheet, at, end);
    at = end + 1;
  }
}

function line(sheet: Sheet, from: number, to: number): void {
  const { data } = sheet;
  if (data[from + 1] !== EQUALS || from + 1 >= to) {
    text(sheet, from, to, GENERAL);
    return;
  }
  const value = from + 2;
  switch (String.fromCharCode(data[from])) {
    case 'v':
    case 'b':
    case 't':
    case 'r':
    case 'z':
    case 'c':
      text(sheet, value, to, NUMBERED);
      break;
    case 'm':
      media(sheet, value, to);
      break;
    case 'o':
      origin(sheet, value, to);
      break;
    case 'k':
      key(sheet, value, to);
      break;
    case 'a':
      attribute(sheet, value, to);
      break;
    default:
      text(sheet, value, to, GENERAL);
  }
}

/** `username sess-id sess-version nettype addrtype address` (RFC 8866 §5.2); the username may be `-`, which no word is in. */
function origin(sheet: Sheet, from: number, to: number): void {
  let end = from;
  while (end < to && sheet.data[end] !== SPACE) end++;
  text(sheet, from, end, NAMES);
  text(sheet, end, to, NUMBERED);
}

/** `media port proto fmt …` (RFC 8866 §5.14): only formats may be URIs, and name somebody. */
function media(sheet: Sheet, from: number, to: number): void {
  const kept = MEDIA.exec(sheet.data.toString('latin1', from, Math.min(to, from + 80)));
  text(sheet, from + (kept === null ? 0 : kept[0].length), to, NUMBERED);
}

/** The method stays (RFC 4566 §5.12). */
function key(sheet: Sheet, from: number, to: number): void {
  let end = from;
  while (end < to && sheet.data[end] !== COLON) end++;
  text(sheet, from, end, GENERAL);
  text(sheet, end, to, SECRET);
}

function attribute(sheet: Sheet, from: number, to: number): void {
  const { data } = sheet;
  const characters = data.toString('latin1', from, to);
  const found = MADE.exec(characters);
  if (found === null) {
    // A codec is what it is called, also one that no table has.
    const kept = RTPMAP.exec(characters)?.[0].length ?? 0;
    // Of what nobody registered it is not known whose its numbers are.
    text(sheet, from + kept, to, isKnown(data, from, to) ? NUMBERED : GENERAL);
    return;
  }
  const start = from + found[0].length;
  text(sheet, from, start, NUMBERED);
  if (found[2] !== undefined) sheet.replaceHexadecimal(start, to);
  else if (found[1] !== undefined) keys(sheet, start, to);
  else text(sheet, start, to, SECRET);
}

/** Whether all words of the attribute's name are of the vocabulary. */
function isKnown(data: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to && data[at] !== COLON; ) {
    let end = at;
    while (end < to && (KINDS[data[end]] & WORD) !== 0) end++;
    if (end > at && !isVocabulary(data, at, end)) return false;
    at = end > at ? end : at + 1;
  }
  return true;
}

/** `key|lifetime|MKI:length;inline:key … session parameters` (RFC 4568 §9.1). */
function keys(sheet: Sheet, from: number, to: number): void {
  const { data } = sheet;
  let context: Context = SECRET;
  for (let at = from; at < to; ) {
    let end = at;
    while (end < to && data[end] !== BAR && data[end] !== SEMICOLON && data[end] !== SPACE) end++;
    if (data[at - 1] === SEMICOLON) context = SECRET;
    const isKey = context === SECRET;
    const inline =
      isKey && data.toString('latin1', at, Math.min(end, at + 7)).toLowerCase() === 'inline:' ? 7 : 0;
    text(sheet, at + inline, end, context);
    context = NUMBERED;
    at = end + 1;
  }
}

const LF = 10;
const CR = 13;
const SPACE = 32;
const COLON = 58;
const SEMICOLON = 59;
const EQUALS = 61;
const BAR = 124;
const RTPMAP = /^rtpmap:\s?[0-9]{1,3} [A-Za-z0-9._-]{1,32}(?=\/[0-9]{1,6}(?:\/|\s|$))/i;
const MEDIA = /^[A-Za-z0-9-]{1,24} [0-9]{1,5}(?:\/[0-9]{1,5})? [A-Za-z0-9/-]{1,24}(?= |$)/;
/** Up to what is made for one call or names somebody: keys (RFC 4568, RFC 4567, RFC 6189), ICE (RFC 8839), DTLS (RFC 8122), SSRCs (RFC 5576). */
const MADE =
  /^(?:(crypto):.*?inline:|(fingerprint):\s*\S+\s|(?:ice-ufrag|ice-pwd|zrtp-hash|identity|msid|cname):|key-mgmt:\s*\S+\s|ssrc:\d+ (?:cname|msid|label|mslabel):)/i;

// XML as text: names of elements and attributes stay, what they hold is treated by the name (PIDF, dialog-info, reginfo, rlmi, IMDN …).
// Nothing is parsed: whatever is no tag is text.
import { type Context, DATED, NAMES, NUMBERED } from '../text/context.ts';
import type { Sheet } from '../text/sheet.ts';
import { text } from '../text/text.ts';
import { SCHEME, schemeOf } from '../text/uri-extent.ts';

export function xmlText(sheet: Sheet, from: number, to: number): void {
  const { data } = sheet;
  for (let at = from; at < to; ) {
    const open = indexOf(data, LESS, at, to);
    text(sheet, at, open, DATED);
    if (open === to) return;
    at = markup(sheet, open, to);
  }
}

/** What begins with the `<` at `from`: a tag, a comment, a declaration; the offset after it. */
function markup(sheet: Sheet, from: number, to: number): number {
  const { data } = sheet;
  const next = data[from + 1];
  if (next === EXCLAMATION) {
    const end = indexOf(data, GREATER, from, to);
    // Comments, CDATA and entities are what people write.
    text(sheet, from, end, NAMES);
    return Math.min(end + 1, to);
  }
  let at = from + 1;
  while (at < to && NAME[data[at]] !== 0) at++;
  // `<` that begins no tag is text like any other, and so is an address in brackets.
  if (at === from + 1 || isAddress(data, from + 1, at, to)) return from + 1;
  while (at < to && data[at] !== GREATER && data[at] !== LESS) at = attribute(sheet, at, to);
  return at < to && data[at] === GREATER ? at + 1 : at;
}

function isAddress(data: Buffer, from: number, nameEnd: number, to: number): boolean {
  if (nameEnd < to && data[nameEnd] > SPACE && data[nameEnd] !== GREATER) return true;
  const colon = indexOf(data, COLON, from, nameEnd);
  return colon < nameEnd && schemeOf(data, from, colon) !== SCHEME.none;
}

/** White space, a name, and a value in quotes; the offset after that. */
function attribute(sheet: Sheet, from: number, to: number): number {
  const { data } = sheet;
  let start = from;
  while (start < to && data[start] <= SPACE) start++;
  let at = start;
  while (at < to && NAME[data[at]] !== 0) at++;
  if (at === start) {
    // What has no place in a tag.
    at = Math.max(start, from + 1);
    while (at < to && data[at] > SPACE && data[at] !== GREATER && data[at] !== LESS) at++;
    text(sheet, start, Math.min(at, to), NAMES);
    return Math.min(at, to);
  }
  const nameEnd = at;
  let hasValue = false;
  for (; at < to && (data[at] <= SPACE || data[at] === EQUALS); at++) hasValue ||= data[at] === EQUALS;
  const quote = data[at];
  if (at >= to || !hasValue || (quote !== QUOTE && quote !== APOSTROPHE)) {
    // No attribute, so its name is no name.
    text(sheet, start, nameEnd, NAMES);
    return at;
  }
  const end = valueEnd(data, at + 1, to, quote);
  text(sheet, at + 1, end, contextOf(data.toString('latin1', start, Math.min(nameEnd, start + 24))));
  return Math.min(end + 1, to);
}

/** Where a value in quotes ends: also before `<`, which none may hold (XML 1.0 §2.3), so that one left open ends somewhere. */
function valueEnd(data: Buffer, at: number, to: number, quote: number): number {
  while (at < to && data[at] !== quote && data[at] !== LESS) at++;
  return at;
}

function contextOf(name: string): Context {
  return NUMBERS.has(name.toLowerCase()) ? NUMBERED : DATED;
}

function indexOf(data: Buffer, octet: number, from: number, to: number): number {
  while (from < to && data[from] !== octet) from++;
  return from;
}

const SPACE = 32;
const EXCLAMATION = 33;
const QUOTE = 34;
const APOSTROPHE = 39;
const COLON = 58;
const LESS = 60;
const EQUALS = 61;
const GREATER = 62;
/** What names are made of, `/` and `?` of tags included. */
const NAME = Uint8Array.from({ length: 256 }, (_, octet) =>
  /[\w:./?-]/.test(String.fromCharCode(octet)) ? 1 : 0,
);
const NUMBERS: ReadonlySet<string> = new Set([
  'version',
  'q',
  'expires',
  'cseq',
  'retry-after',
  'priority',
  'encoding',
]);

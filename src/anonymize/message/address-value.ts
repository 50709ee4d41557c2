// Values that are addresses: `"Alice" <sip:alice@example.com>;tag=1`, one or several with commas between them (RFC 3261 §20.10), and
// those of Via (§20.42).
import { GENERAL, NAMES, NUMBERED } from '../text/context.ts';
import type { Sheet } from '../text/sheet.ts';
import { hostPort, text } from '../text/text.ts';
import { userKept } from '../text/uri-extent.ts';
import { closingBracket, closingQuote, endOfPiece, Pairs, parameters } from './parameter.ts';
import { uri } from './uri.ts';

export function addressValue(sheet: Sheet, from: number, to: number): void {
  eachItem(sheet, from, to, address);
}

export function viaValue(sheet: Sheet, from: number, to: number): void {
  eachItem(sheet, from, to, via);
}

/** The items of a list with commas. */
export function eachItem(
  sheet: Sheet,
  from: number,
  to: number,
  item: (sheet: Sheet, from: number, to: number) => void,
): void {
  const pairs = new Pairs();
  for (let at = from; at < to; ) {
    const end = endOfPiece(sheet.data, at, to, COMMA, pairs);
    while (at < end && sheet.data[at] <= SPACE) at++;
    item(sheet, at, end);
    at = end + 1;
  }
}

function address(sheet: Sheet, from: number, to: number): void {
  const { data } = sheet;
  const open = openingBracket(data, from, to);
  if (open < to) {
    displayName(sheet, from, open);
    const close = closingBracket(data, open, to);
    uri(sheet, open + 1, close);
    parameters(sheet, close, to, SEMICOLON);
    return;
  }
  // RFC 3261 §20.10: without brackets, parameters after the URI are the header's.
  const end = endOfPiece(data, from, to, SEMICOLON, new Pairs());
  if (SCHEME.test(data.toString('latin1', from, Math.min(end, from + 12)))) uri(sheet, from, end);
  else text(sheet, from, end, NAMES);
  parameters(sheet, end, to, SEMICOLON);
}

/** Where `<` stands outside of the quoted name, or `to`. */
function openingBracket(data: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && data[at] !== LESS && data[at] !== QUOTE) at++;
  if (at < to && data[at] === QUOTE) {
    const close = closingQuote(data, at, to);
    if (close < to) at = close;
  }
  while (at < to && data[at] !== LESS) at++;
  return at;
}

function displayName(sheet: Sheet, from: number, to: number): void {
  const { data } = sheet;
  let start = from;
  let end = to;
  while (start < end && (data[start] <= SPACE || data[start] === QUOTE)) start++;
  while (end > start && (data[end - 1] <= SPACE || data[end - 1] === QUOTE)) end--;
  if (!userKept(data, start, end)) text(sheet, start, end, NAMES);
}

/** `SIP/2.0/UDP host:port;parameters`, with white space where it may stand. */
function via(sheet: Sheet, from: number, to: number): void {
  const { data } = sheet;
  const end = endOfPiece(data, from, to, SEMICOLON, new Pairs());
  let at = from;
  for (let slashes = 0; at < end && slashes < 2; at++) if (data[at] === SLASH) slashes++;
  while (at < end && data[at] <= SPACE) at++;
  while (at < end && data[at] > SPACE) at++;
  text(sheet, from, at, NUMBERED);
  // RFC 2543 §6.40 had comments behind the host.
  let host = at;
  while (host < end && data[host] !== PARENTHESIS) host++;
  hostPort(sheet, at, host);
  text(sheet, host, end, GENERAL);
  parameters(sheet, end, to, SEMICOLON);
}

const SCHEME = /^[a-z][a-z0-9+.-]*\s*:/i;
const SPACE = 32;
const QUOTE = 34;
const PARENTHESIS = 40;
const COMMA = 44;
const SLASH = 47;
const SEMICOLON = 59;
const LESS = 60;

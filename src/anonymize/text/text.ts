// Text → text of the same length in which addresses, words and numbers are pseudonyms; what stays depends on the context.
// Everything that is no letter, digit, escape or octet beyond ASCII stays as it is.
import { ipv4Literal, ipv6Literal, macLiteral, runEnd } from './address-literal.ts';
import { isBase64, printableBase64, writeBase64 } from './base64.ts';
import { CLAIMS, type Context, HOST, USER } from './context.ts';
import { dateEnd } from './date-literal.ts';
import { BEYOND_ASCII, COLON_KIND, DIGIT, KINDS, LETTER, OTHER, PERCENT_KIND, WORD } from './octet-kinds.ts';
import { beyondAscii, percentEscape } from './octet-writing.ts';
import type { Sheet } from './sheet.ts';
import { endInText, hostAt, isNumberText, SCHEME, schemeOf, userKept } from './uri-extent.ts';
import { word } from './word.ts';

/** Writes what stands for `data[from, to)` of the sheet. */
export function text(sheet: Sheet, from: number, to: number, context: Context): void {
  const { data } = sheet;
  // Up to where no such thing begins: what was looked at once is not looked at again.
  let noQuad = from;
  let noGroups = from;
  let noBase64 = from;
  let at = from;
  while (at < to) {
    const kind = KINDS[data[at]];
    if (kind === OTHER) {
      at++;
      continue;
    }
    if ((kind & WORD) === 0) {
      if (kind === PERCENT_KIND) at = percentEscape(sheet, at, to);
      else if (kind === BEYOND_ASCII) at = beyondAscii(sheet, at, to);
      else at = gapAt(sheet, from, at, to) || at + 1;
      continue;
    }
    const start = at;
    let kinds = kind;
    for (at++; at < to; at++) {
      const next = KINDS[data[at]];
      if ((next & WORD) === 0) break;
      kinds |= next;
    }
    const after = at < to ? data[at] : 0;
    if (at - start <= 4) {
      if (context.dates && kinds === DIGIT && after === HYPHEN) {
        const end = dateEnd(data, start, to);
        if (end > 0) {
          at = end;
          continue;
        }
      }
      if (after === COLON && context.uris) {
        const scheme = schemeOf(data, start, at);
        if (scheme !== SCHEME.none) {
          at = uriAt(sheet, scheme, start, at + 1, to, context);
          continue;
        }
      }
      if (kinds === DIGIT && start >= noQuad && (after === DOT || after === HYPHEN || after === UNDERSCORE)) {
        const end = isBehindNumber(data, from, start) ? 0 : ipv4Literal(sheet, start, to, after);
        if (end > 0) {
          at = end;
          continue;
        }
        if (after === DOT) noQuad = dottedEnd(data, start, to);
      }
      if ((kinds & LETTER) === 0 && start >= noGroups && (after === COLON || after === HYPHEN)) {
        const end = groupsAt(sheet, start, at, to);
        if (end > 0) {
          at = end;
          continue;
        }
        if (after === COLON) noGroups = runEnd(data, start, to);
      }
    }
    if (context.base64 && start >= noBase64 && kinds > DIGIT) {
      noBase64 = at;
      while (noBase64 < to && isBase64(data[noBase64])) noBase64++;
      if (base64Text(sheet, start, noBase64, context)) {
        at = noBase64;
        continue;
      }
    }
    word(sheet, start, at, kinds, context, from);
  }
}

/** The user part of a URI: whoever it names, unless it says that it names nobody. Its parameters are those of telephone numbers. */
export function user(sheet: Sheet, from: number, to: number): void {
  const { data } = sheet;
  if (userKept(data, from, to)) return;
  let end = from;
  while (end < to && data[end] !== SEMICOLON && data[end] !== COLON) end++;
  if (isNumberText(data, from, end)) sheet.replaceNumber(from, end);
  else text(sheet, from, end, USER);
  // What follows a colon is a password.
  text(sheet, end, to, end < to && data[end] === SEMICOLON ? HOST : USER);
}

/** A host, and a port that stays. */
export function hostPort(sheet: Sheet, from: number, to: number): void {
  const { data } = sheet;
  let end = to;
  while (end > from && isDigitOrSpace(data[end - 1])) end--;
  // Without brackets an address of IPv6 has no port that could be told from it (RFC 5118 §4.1).
  const hasPort =
    end > from + 1 &&
    data[end - 1] === COLON &&
    (data[end - 2] === CLOSING || !hasColon(data, from, end - 1));
  text(sheet, from, hasPort ? end : to, HOST);
}

/** A URI within other text, of which only as much is taken as surely belongs to it; the offset after that. */
function uriAt(
  sheet: Sheet,
  scheme: number,
  start: number,
  from: number,
  to: number,
  context: Context,
): number {
  const { data } = sheet;
  if (scheme === SCHEME.urn) {
    // urn:service:… is a service, not a person (RFC 5031); of other URNs the first word stays.
    return data.toString('latin1', from, Math.min(to, from + 8)).toLowerCase() === 'service:'
      ? endInText(data, from, to)
      : from;
  }
  const end = endInText(data, from, to);
  // `tel: see below`: a word like any other.
  if (end === from) {
    word(sheet, start, from - 1, WORD, context, from);
    return from;
  }
  if (scheme === SCHEME.tel) {
    if (isNumberText(data, from, end)) sheet.replaceNumber(from, end);
    else text(sheet, from, end, USER);
    return end;
  }
  const host = hostAt(data, from, end);
  if (host > from) user(sheet, from, host - (data[host - 1] === AT ? 1 : 3));
  hostPort(sheet, host, end);
  return end;
}

/** `::1`, behind nothing that it could be a part of. */
function gapAt(sheet: Sheet, from: number, at: number, to: number): number {
  const { data } = sheet;
  if (at + 1 >= to || data[at + 1] !== COLON) return 0;
  if (at > from && (KINDS[data[at - 1]] & (WORD | COLON_KIND)) !== 0) return 0;
  return ipv6Literal(sheet, at, to);
}

/** MAC addresses, and IPv6 addresses that begin with a group. */
function groupsAt(sheet: Sheet, start: number, end: number, to: number): number {
  const macEnd = end - start === 2 ? macLiteral(sheet, start, to) : 0;
  if (macEnd > 0 || sheet.data[end] !== COLON) return macEnd;
  return ipv6Literal(sheet, start, to);
}

function base64Text(sheet: Sheet, from: number, to: number, context: Context): boolean {
  const { data, out } = sheet;
  const decoded = printableBase64(data, from, to);
  if (decoded === undefined) return false;
  const made = Buffer.from(decoded);
  sheet.data = decoded;
  sheet.out = made;
  // What is within is a quarter shorter each time: it ends, and soon.
  text(sheet, 0, decoded.length, context.vocabulary ? CLAIMS : context);
  sheet.data = data;
  sheet.out = out;
  writeBase64(made, data, out, from, to);
  return true;
}

/** Whether a number and a dot stand before it, so that it goes on with a longer one. */
function isBehindNumber(data: Buffer, from: number, start: number): boolean {
  return start - 2 >= from && data[start - 1] === DOT && KINDS[data[start - 2]] === DIGIT;
}

function dottedEnd(data: Buffer, at: number, to: number): number {
  while (at < to && (KINDS[data[at]] === DIGIT || data[at] === DOT)) at++;
  return at;
}

function isDigitOrSpace(octet: number): boolean {
  return KINDS[octet] === DIGIT || octet === 32 || octet === 9 || octet === 10 || octet === 13;
}

function hasColon(data: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (data[at] === COLON) return true;
  return false;
}

const HYPHEN = 45;
const DOT = 46;
const COLON = 58;
const SEMICOLON = 59;
const AT = 64;
const CLOSING = 93;
const UNDERSCORE = 95;

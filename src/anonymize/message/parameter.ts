// Parameters of headers, URIs and credentials: `;name=value`. Names of the vocabulary stay, values by what the name says they are
// (RFC 3261 §25.1, RFC 7616 §3.3, RFC 3581 for rport).
import { GENERAL, NAMES, NUMBERED, SECRET } from '../text/context.ts';
import { KINDS, WORD } from '../text/octet-kinds.ts';
import type { Sheet } from '../text/sheet.ts';
import { hostPort, text, user } from '../text/text.ts';
import { hostAt } from '../text/uri-extent.ts';

/** Parameters parted by `separator`; those of `data[from, to)`, whatever stands before the first. */
export function parameters(sheet: Sheet, from: number, to: number, separator: number): void {
  const pairs = new Pairs();
  for (let at = from; at < to; ) {
    const end = endOfPiece(sheet.data, at, to, separator, pairs);
    parameter(sheet, at, end);
    at = end + 1;
  }
}

/** Which marks that come in pairs may still be closed: what turned out never to be is not looked for again. */
export class Pairs {
  quotes = true;
  brackets = true;
}

/** Where the piece at `at` ends: before the next separator that is in no quoted string and no `<…>`. */
export function endOfPiece(data: Buffer, at: number, to: number, separator: number, pairs: Pairs): number {
  for (; at < to; at++) {
    const octet = data[at];
    if (octet === separator) return at;
    if (octet === QUOTE && pairs.quotes) {
      const close = closingQuote(data, at, to);
      if (close < to) at = close;
      else pairs.quotes = false;
    } else if (octet === LESS && pairs.brackets) {
      const close = closingBracket(data, at, to);
      if (close < to) at = close;
      else pairs.brackets = false;
    }
  }
  return to;
}

/** The quote that closes the one at `at`, or `to`. */
export function closingQuote(data: Buffer, at: number, to: number): number {
  for (let next = at + 1; next < to; next++) {
    if (data[next] === BACKSLASH) next++;
    else if (data[next] === QUOTE) return next;
  }
  return to;
}

export function closingBracket(data: Buffer, at: number, to: number): number {
  while (at < to && data[at] !== GREATER) at++;
  return at;
}

function parameter(sheet: Sheet, from: number, to: number): void {
  const { data } = sheet;
  let equals = from;
  while (equals < to && data[equals] !== EQUALS) equals++;
  text(sheet, from, equals, GENERAL);
  if (equals === to) return;
  let start = equals + 1;
  let end = to;
  while (start < end && data[start] <= 32) start++;
  while (end > start && data[end - 1] <= 32) end--;
  if (end - start >= 2 && data[start] === QUOTE && data[end - 1] === QUOTE) {
    start++;
    end--;
  }
  value(sheet, treatmentOf(data, from, equals), start, end);
}

function value(sheet: Sheet, treatment: Treatment, from: number, to: number): void {
  switch (treatment) {
    case 'kept':
      if (!isDotted(sheet.data, from, to)) text(sheet, from, to, NUMBERED);
      break;
    case 'host':
      hostPort(sheet, from, to);
      break;
    case 'user': {
      const host = hostAt(sheet.data, from, to);
      user(sheet, from, host > from ? host - 1 : to);
      if (host > from) hostPort(sheet, host, to);
      break;
    }
    case 'name':
    case 'secret':
      text(sheet, from, to, treatment === 'secret' ? SECRET : NAMES);
      break;
    default:
      text(sheet, from, to, GENERAL);
  }
}

/** `0.5`, `1.1.2.1`: numbers that are no address. */
function isDotted(data: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (data[at] !== DOT && (data[at] < 48 || data[at] > 57)) return false;
  return true;
}

function treatmentOf(data: Buffer, from: number, to: number): Treatment {
  while (from < to && (KINDS[data[from]] & WORD) === 0) from++;
  while (to > from && data[to - 1] <= 32) to--;
  if (to - from > LONGEST_NAME) return 'general';
  return TREATMENTS.get(data.toString('latin1', from, to).toLowerCase()) ?? 'general';
}

type Treatment = 'general' | 'kept' | 'host' | 'user' | 'name' | 'secret';

function treat(treatment: Treatment, names: string): [string, Treatment][] {
  return names.split(' ').map((name) => [name, treatment]);
}

const TREATMENTS: ReadonlyMap<string, Treatment> = new Map([
  ...treat(
    'kept',
    'rport ttl expires q index cause refresh counter limit reg-id nc algorithm qop stale retry-after rc mp np',
  ),
  ...treat(
    'kept',
    'duration min-se version charset keep npdi alg ppt d-alg d-ver prot mech ealg code timeout priority',
  ),
  ...treat('kept', 'count max-forwards handling early-flag clearance encoding base type'),
  ...treat('host', 'received maddr'),
  ...treat('user', 'username'),
  ...treat('secret', 'nonce opaque response cnonce nextnonce rspauth auts ck ik'),
  ...treat('name', 'name display-name'),
]);
const LONGEST_NAME = 20;

const QUOTE = 34;
const DOT = 46;
const LESS = 60;
const EQUALS = 61;
const GREATER = 62;
const BACKSLASH = 92;

// What a URI is made of, in octets: which scheme, where the user ends, and how far one goes that stands in text without brackets
// (RFC 3261 §19.1, RFC 3966). Nothing is written here.
import { DIGIT, KINDS } from './octet-kinds.ts';

/** Those whose parts are told apart: `hierarchy` is sip, sips, im and pres. */
export const SCHEME = { none: 0, hierarchy: 1, tel: 2, urn: 3 } as const;

/** Of the scheme `data[from, to)`, without its colon. */
export function schemeOf(data: Buffer, from: number, to: number): number {
  const length = to - from;
  // Nearly all: `sip` and `sips`.
  if (length < 2 || length > 4) return SCHEME.none;
  switch (data.toString('latin1', from, to).toLowerCase()) {
    case 'sip':
    case 'sips':
    case 'im':
    case 'pres':
      return SCHEME.hierarchy;
    case 'tel':
      return SCHEME.tel;
    case 'urn':
      return SCHEME.urn;
    default:
      return SCHEME.none;
  }
}

/** Where a URI in running text surely ends: before white space, quotes, brackets, and what parts lists and parameters. */
export function endInText(data: Buffer, from: number, to: number): number {
  let at = from;
  for (let isReference = false; at < to; at++) {
    const octet = data[at];
    if (octet === 91) isReference = true;
    else if (octet === 93 && isReference) isReference = false;
    else if (octet <= 32 || octet >= 127 || ENDS.has(octet)) break;
    else if (octet === PERCENT && ENDING_ESCAPES.has(escapeAt(data, at, to))) break;
  }
  return at;
}

/** Where the host of `data[from, to)` begins, which is what follows the scheme: behind the @, also an escaped one. */
export function hostAt(data: Buffer, from: number, to: number): number {
  for (let at = to - 1; at >= from; at--) {
    if (data[at] === AT) return at + 1;
    if (data[at] === PERCENT && escapeAt(data, at, to) === AT) return at + 3;
  }
  return from;
}

/** Whether it is a telephone number: digits, perhaps a plus before them, and what makes them easier to read (RFC 3966 §5.1.1). */
export function isNumberText(data: Buffer, from: number, to: number): boolean {
  let digits = 0;
  for (let at = from; at < to; at++) {
    if (KINDS[data[at]] === DIGIT) digits++;
    else if (!SEPARATORS.has(data[at])) return false;
  }
  // An address of four numbers is no telephone number.
  return digits > 0 && !isQuad(data, from, to);
}

/** Users that say that they are nobody (RFC 3323 §4.1.1.3), and numbers for help, which everybody dials. */
export function userKept(data: Buffer, from: number, to: number): boolean {
  return to - from <= 12 && to - from >= 3 && NOBODY.has(data.toString('latin1', from, to).toLowerCase());
}

/** The octet that the escape at `at` stands for, -1 when it is none. */
export function escapeAt(data: Buffer, at: number, to: number): number {
  if (at + 3 > to) return -1;
  const value = Number.parseInt(data.toString('latin1', at + 1, at + 3), 16);
  return /^[0-9a-fA-F]{2}$/.test(data.toString('latin1', at + 1, at + 3)) ? value : -1;
}

function isQuad(data: Buffer, from: number, to: number): boolean {
  return to - from <= 15 && to - from >= 7 && /^\d+(?:\.\d+){3}$/.test(data.toString('latin1', from, to));
}

function octets(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, (character) => character.charCodeAt(0)));
}

const PERCENT = 37;
const AT = 64;
const SEPARATORS = octets('+-.() ');
const ENDS = octets(`"'<>,;?)]}\\|&`);
const ENDING_ESCAPES = octets(' "<>,;?');
const NOBODY: ReadonlySet<string> = new Set([
  ...['anonymous', 'unavailable', 'restricted', 'unknown', 'private'],
  ...['112', '911', '999', '000', '110'],
]);

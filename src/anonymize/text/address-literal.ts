// IP and MAC addresses as they stand in text → their pseudonyms in the same spelling (RFC 4291 §2.2, RFC 5952). Each function takes
// where one may begin and gives the offset after it, or 0 when none is there.
import { isDigit, isHexadecimal, KINDS, WORD } from './octet-kinds.ts';
import type { Sheet } from './sheet.ts';

/** `192.0.2.1`, never a part of a longer number such as 1.2.3.4.5; with dashes or underscores only one that was met before. */
export function ipv4Literal(sheet: Sheet, at: number, to: number, separator: number): number {
  const { data } = sheet;
  const end = readQuad(data, at, to, separator);
  if (end === 0 || (end < to && isWordOctet(data[end]))) return 0;
  if (end + 1 < to && data[end] === separator && isDigit(data[end + 1])) return 0;
  if (separator !== DOT) {
    const [one, two, three, four] = QUAD;
    const address = (one << 24) | (two << 16) | (three << 8) | four;
    if (sheet.addresses.metIpv4(address) === undefined) return 0;
  }
  writeQuad(sheet, at, end, separator);
  return end;
}

/** Six pairs of hexadecimal digits with colons or hyphens between them. */
export function macLiteral(sheet: Sheet, at: number, to: number): number {
  const { data, out } = sheet;
  const end = at + 17;
  if (end > to) return 0;
  const separator = data[at + 2];
  if (separator !== COLON && separator !== HYPHEN) return 0;
  for (let i = 0; i < 6; i++) {
    const pair = at + 3 * i;
    if (!isHexadecimal(data[pair]) || !isHexadecimal(data[pair + 1])) return 0;
    if (i < 5 && data[pair + 2] !== separator) return 0;
    MAC[i] = (hexValue(data[pair]) << 4) | hexValue(data[pair + 1]);
  }
  if (end < to && (data[end] === separator || isWordOctet(data[end]))) return 0;
  sheet.addresses.mac(MAC, 0, MAC, 0);
  const isUpper = hasUpper(data, at, end);
  for (let i = 0; i < 6; i++) writeHex(out, at + 3 * i, at + 3 * i + 2, MAC[i], isUpper);
  return end;
}

/** IPv6 in any spelling, with at least two colons. */
export function ipv6Literal(sheet: Sheet, at: number, to: number): number {
  const { data } = sheet;
  let end = runEnd(data, at, to);
  if (end - at > LONGEST || (end < to && isWordOctet(data[end]))) return 0;
  // What ends a sentence or comes before a port is no part of it.
  while (end > at && (data[end - 1] === DOT || (data[end - 1] === COLON && data[end - 2] !== COLON))) end--;
  return readGroups(data, at, end) ? writeGroups(sheet, end) : 0;
}

/** After all octets at `at` that an IPv6 address could be made of; looks a little further than one can be long. */
export function runEnd(data: Buffer, at: number, to: number): number {
  const last = Math.min(to, at + LONGEST + 1);
  while (at < last && (isHexadecimal(data[at]) || data[at] === COLON || data[at] === DOT)) at++;
  return at;
}

/** Into QUAD; the offset after it, 0 when there is none. */
function readQuad(data: Buffer, at: number, to: number, separator: number): number {
  for (let i = 0; i < 4; i++) {
    let value = 0;
    const first = at;
    while (at < to && at - first < 3 && isDigit(data[at])) value = value * 10 + data[at++] - 48;
    if (at === first || value > 255 || (at < to && isDigit(data[at]))) return 0;
    QUAD[i] = value;
    if (i < 3 && (at >= to || data[at++] !== separator)) return 0;
  }
  return at;
}

/** The pseudonym of QUAD over the numbers of `data[at, end)`, each as wide as it is. */
function writeQuad(sheet: Sheet, at: number, end: number, separator: number): void {
  const { data, out } = sheet;
  sheet.addresses.ipv4(QUAD, 0, QUAD, 0);
  for (let i = 0; i < 4; i++) {
    const first = at;
    while (at < end && data[at] !== separator) at++;
    for (let digit = at - 1, value = QUAD[i]; digit >= first; digit--, value = Math.floor(value / 10)) {
      out[digit] = 48 + (value % 10);
    }
    at++;
  }
}

/** Into ADDRESS, GROUPS and the other notes below; false when it is no IPv6 address. */
function readGroups(data: Buffer, at: number, end: number): boolean {
  groupCount = 0;
  quadAt = 0;
  let gap = -1;
  if (end - at < 2) return false;
  if (data[at] === COLON) {
    if (data[at + 1] !== COLON) return false;
    gap = 0;
    at += 2;
  }
  while (at < end) {
    let value = 0;
    const first = at;
    while (at < end && at - first < 5 && isHexadecimal(data[at])) value = value * 16 + hexValue(data[at++]);
    if (at === first || at - first > 4 || groupCount === 8) return false;
    if (at < end && data[at] === DOT) {
      if (readQuad(data, first, end, DOT) !== end || groupCount > 6) return false;
      quadAt = first;
      break;
    }
    GROUPS[groupCount] = value;
    STARTS[groupCount] = first;
    ENDS[groupCount++] = at;
    if (at === end) break;
    if (data[at++] !== COLON) return false;
    if (at < end && data[at] === COLON) {
      if (gap >= 0) return false;
      gap = groupCount;
      at++;
      // RFC 5118 §4.10: an error in the grammar of RFC 3261 puts a third colon before an embedded IPv4 address.
      if (at < end && data[at] === COLON && readQuad(data, at + 1, end, DOT) === end) at++;
    } else if (at === end) return false;
  }
  const count = groupCount + (quadAt > 0 ? 2 : 0);
  if (gap < 0 ? count !== 8 : count > 7) return false;
  placeGroups(gap, 8 - count);
  return true;
}

function placeGroups(gap: number, missing: number): void {
  ADDRESS.fill(0);
  for (let i = 0; i < groupCount; i++) {
    const place = gap >= 0 && i >= gap ? i + missing : i;
    PLACES[i] = place;
    ADDRESS[2 * place] = GROUPS[i] >> 8;
    ADDRESS[2 * place + 1] = GROUPS[i];
  }
  if (quadAt > 0) ADDRESS.set(QUAD, 12);
}

function writeGroups(sheet: Sheet, end: number): number {
  const { data, out } = sheet;
  if (quadAt > 0) writeQuad(sheet, quadAt, end, DOT);
  sheet.addresses.ipv6(ADDRESS, 0, ADDRESS, 0);
  for (let i = 0; i < groupCount; i++) {
    const value = (ADDRESS[2 * PLACES[i]] << 8) | ADDRESS[2 * PLACES[i] + 1];
    const start = STARTS[i];
    // The octets of an IPv4 address that is written in hexadecimal may need more digits than there are.
    if (value >= 16 ** (ENDS[i] - start)) sheet.words.hexadecimal(data, start, ENDS[i], out);
    else writeHex(out, start, ENDS[i], value, hasUpper(data, STARTS[0], ENDS[groupCount - 1]));
  }
  return end;
}

/** Whether there is a capital letter among hexadecimal digits and what parts them. */
export function hasUpper(data: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (data[at] >= 65 && data[at] <= 70) return true;
  return false;
}

export function writeHex(out: Buffer, from: number, to: number, value: number, isUpper: boolean): void {
  for (let at = to - 1, left = value; at >= from; at--, left = Math.floor(left / 16)) {
    const digit = left % 16;
    out[at] = digit < 10 ? 48 + digit : (isUpper ? 55 : 87) + digit;
  }
}

export function hexValue(octet: number): number {
  return octet < 65 ? octet - 48 : (octet | 32) - 87;
}

function isWordOctet(octet: number): boolean {
  return (KINDS[octet] & WORD) !== 0;
}

const HYPHEN = 45;
const DOT = 46;
const COLON = 58;
/** Characters of an IPv6 address. */
const LONGEST = 45;

// What was read last: nothing is made for it anew each time.
const QUAD = new Uint8Array(4);
const MAC = new Uint8Array(6);
const ADDRESS = new Uint8Array(16);
const GROUPS = new Uint16Array(8);
const STARTS = new Uint32Array(8);
const ENDS = new Uint32Array(8);
const PLACES = new Uint8Array(8);
let groupCount = 0;
let quadAt = 0;

// A whole URI, as it stands between brackets or in the start line (RFC 3261 §19.1, RFC 3966): user, password, host, port,
// parameters, headers.
import { GENERAL, NAMES } from '../text/context.ts';
import type { Sheet } from '../text/sheet.ts';
import { hostPort, text, user } from '../text/text.ts';
import { isNumberText, SCHEME, schemeOf } from '../text/uri-extent.ts';
import { parameters } from './parameter.ts';

export function uri(sheet: Sheet, from: number, to: number): void {
  const { data } = sheet;
  while (from < to && (data[from] <= 32 || data[from] === LESS)) from++;
  const colon = indexOf(data, COLON, from, to);
  let schemeTo = colon;
  while (schemeTo > from && data[schemeTo - 1] <= 32) schemeTo--;
  const scheme = colon < to ? schemeOf(data, from, schemeTo) : SCHEME.none;
  if (scheme === SCHEME.hierarchy) hierarchy(sheet, colon + 1, to);
  else if (scheme === SCHEME.tel) telephone(sheet, colon + 1, to);
  else text(sheet, from, to, GENERAL);
}

/** `[user [":" password] "@"] host [":" port] *(";" param) ["?" headers]` */
function hierarchy(sheet: Sheet, from: number, to: number): void {
  const { data } = sheet;
  const at = endOfUser(data, from, to);
  if (at >= from) user(sheet, from, at);
  const hostFrom = Math.max(from, at + 1);
  const hostTo = firstOf(data, hostFrom, to);
  hostPort(sheet, hostFrom, hostTo);
  afterHost(sheet, hostTo, to);
}

function telephone(sheet: Sheet, from: number, to: number): void {
  const end = firstOf(sheet.data, from, to);
  if (isNumberText(sheet.data, from, end)) sheet.replaceNumber(from, end);
  else text(sheet, from, end, NAMES);
  afterHost(sheet, end, to);
}

function afterHost(sheet: Sheet, from: number, to: number): void {
  const question = indexOf(sheet.data, QUESTION, from, to);
  parameters(sheet, from, question, SEMICOLON);
  // Headers of the request to be made, escaped: a Call-ID in Replaces is what it is in its own header (RFC 3891 §4).
  text(sheet, question, to, GENERAL);
}

/** As src/sip/uri/uri.ts takes it: the first @, or where another follows before any parameter, the last one there. -1 when there is none. */
function endOfUser(data: Buffer, from: number, to: number): number {
  const first = indexOf(data, AT, from, to);
  if (first === to) return -1;
  let last = firstOf(data, first, to) - 1;
  while (last > first && data[last] !== AT) last--;
  return last;
}

/** The first semicolon or question mark. */
function firstOf(data: Buffer, from: number, to: number): number {
  while (from < to && data[from] !== SEMICOLON && data[from] !== QUESTION) from++;
  return from;
}

function indexOf(data: Buffer, octet: number, from: number, to: number): number {
  while (from < to && data[from] !== octet) from++;
  return from;
}

const COLON = 58;
const SEMICOLON = 59;
const LESS = 60;
const QUESTION = 63;
const AT = 64;

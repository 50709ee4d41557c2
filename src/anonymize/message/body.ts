// A body by its media type (RFC 3261 §7.4): descriptions, messages within messages, parts, XML, text of people; what is not text becomes
// zeros.
import { type MediaType, parseMediaType } from '../../sip/body/media-type.ts';
import { type MimePart, parseBody, partHeader } from '../../sip/body/multipart.ts';
import { DATED, GENERAL, NAMES } from '../text/context.ts';
import type { Sheet } from '../text/sheet.ts';
import { text } from '../text/text.ts';
import { headerLines } from './header-lines.ts';
import { sdpText } from './sdp-text.ts';
import { xmlText } from './xml-text.ts';

/** What turns a whole message that stands in a body; it knows how deep it is. */
export type Within = (sheet: Sheet, from: number, to: number) => void;

/** A body's own headers, '' for one that is not there. */
export interface BodyKind {
  readonly type: string;
  readonly encoding: string;
}

export function body(sheet: Sheet, from: number, to: number, kind: BodyKind, within: Within): void {
  if (from >= to) return;
  const { data } = sheet;
  const encoding = kind.encoding.trim().toLowerCase();
  if (!PLAIN_ENCODINGS.has(encoding)) {
    // RFC 2045 §6: these make text of what is none; others are octets that nobody reads.
    if (encoding === 'base64' || encoding === 'quoted-printable') opaque(sheet, from, to);
    else sheet.out.fill(0, from, to);
    return;
  }
  const type = parseMediaType(kind.type);
  const { name, subtype } = type;
  const isSdp =
    name === 'application/sdp' || (kind.type === '' && data.toString('latin1', from, from + 3) === 'v=0');
  if (isSdp) sdpText(sheet, from, to);
  else if (name === 'message/sipfrag' || name === 'message/sip') within(sheet, from, to);
  else if (type.type === 'multipart') multipart(sheet, from, to, type, within);
  else if (name === 'message/cpim') cpim(sheet, from, to);
  else if (subtype === 'xml' || subtype.endsWith('+xml')) xmlText(sheet, from, to);
  else if (FIELDS.has(name)) text(sheet, from, to, GENERAL);
  else opaque(sheet, from, to);
}

/** Text of people as far as it is text, zeros otherwise. */
export function opaque(sheet: Sheet, from: number, to: number): void {
  if (isText(sheet.data, from, to)) text(sheet, from, to, NAMES);
  else sheet.out.fill(0, from, to);
}

function multipart(sheet: Sheet, from: number, to: number, type: MediaType, within: Within): void {
  const { parts } = parseBody(sheet.data, from, to, type);
  const end = eachPart(sheet, from, parts, type, within);
  // What follows the last part is read by nobody (RFC 2046 §5.1.1); without a part, that is all.
  between(sheet, end, to, type, parts.length > 0);
}

/** The offset after the last part. */
function eachPart(
  sheet: Sheet,
  from: number,
  parts: readonly MimePart[],
  type: MediaType,
  within: Within,
): number {
  let at = from;
  for (const part of parts) {
    between(sheet, at, part.start, type, true);
    if (part.parts.length > 0) {
      const end = eachPart(sheet, part.start, part.parts, part.contentType, within);
      between(sheet, end, part.end, part.contentType, true);
    } else {
      const encoding =
        partHeader(part, 'content-transfer-encoding') || partHeader(part, 'content-encoding') || '';
      const isNested = part.contentType.type === 'multipart';
      body(sheet, part.start, part.end, { type: isNested ? '' : part.contentType.text, encoding }, within);
    }
    at = part.end;
  }
  return at;
}

/** Boundaries stay, lines behind one are headers, lines before the first one are text that is read by nobody. */
function between(sheet: Sheet, from: number, to: number, type: MediaType, hasParts: boolean): void {
  const mark = hasParts ? `--${type.params.get('boundary') ?? ''}` : '--';
  let isBehind = false;
  let at = from;
  while (at < to) {
    const end = lineEnd(sheet.data, at, to);
    const line = mark.length > 2 ? sheet.data.toString('utf8', at, end) : '';
    if (line !== '' && line.startsWith(mark)) {
      isBehind = !line.startsWith(`${mark}--`);
    } else if (isBehind) {
      headerLines(sheet, at, to);
      return;
    } else text(sheet, at, end, NAMES);
    at = end;
  }
}

/** Headers of the message, an empty line, headers of what it holds, an empty line, text (RFC 3862 §2). */
function cpim(sheet: Sheet, from: number, to: number): void {
  let at = from;
  for (let block = 0; block < 2 && at < to; block++) {
    const end = emptyLine(sheet.data, at, to);
    headerLines(sheet, at, end, DATED);
    at = end;
    while (at < to && sheet.data[at] <= CR) at++;
  }
  opaque(sheet, at, to);
}

/** Where the first empty line begins that is not the first, or `to`. */
function emptyLine(data: Buffer, from: number, to: number): number {
  for (let at = from; at < to; ) {
    const end = lineEnd(data, at, to);
    if (at > from && (data[at] === CR || data[at] === LF)) return at;
    at = end;
  }
  return to;
}

/** After the line end. */
function lineEnd(data: Buffer, at: number, to: number): number {
  while (at < to && data[at] !== LF) at++;
  return Math.min(at + 1, to);
}

/** Whether no octet is in it that text has not; beyond ASCII all are taken. */
function isText(data: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const octet = data[at];
    if ((octet < 32 && octet !== LF && octet !== CR && octet !== TAB) || octet === 127) return false;
  }
  return true;
}

const PLAIN_ENCODINGS: ReadonlySet<string> = new Set(['', 'identity', '7bit', '8bit', 'binary']);
const TAB = 9;
const LF = 10;
const CR = 13;
/** Keys that were pressed, messages that wait (RFC 3842): names of the protocol, and values. */
const FIELDS: ReadonlySet<string> = new Set([
  'application/dtmf-relay',
  'application/dtmf',
  'application/simple-message-summary',
]);

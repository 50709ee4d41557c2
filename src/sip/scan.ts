// One pass over the octets of a message: start line, header table, end of headers, and the fields that correlate
// messages, all as offsets. No string is made and nothing is judged; oddities of the line structure are flags.
// RFC 3261 §7 (messages), §7.3.1 (folding), §18.3 (where a message ends), §25.1 (grammar).

import { scanBranch, scanCallId, scanContentLength, scanCSeq, scanFromTag, scanToTag } from './core-field.ts';
import { HEADER, type HeaderId, headerIdAt } from './header/header-names.ts';
import type { MethodId } from './method.ts';
import { scanStartLine } from './start-line.ts';
import { LWS, TOKEN_FOLD } from './text/characters.ts';
import { controlAt, wordsOf } from './text/octet-words.ts';

/** What was odd about the lines of a message; bits of `ScannedMessage.flags`. */
export const LINE_FLAG = {
  /** A line ends in LF alone. */
  bareLf: 1,
  /** A line ends in CR alone. */
  bareCr: 2,
  /** A line without a colon, or with something before it that is no token. */
  badHeader: 4,
  /** A continuation line where there is no header to continue. */
  strayContinuation: 8,
  /** More headers than the table takes; the rest is not in the table. */
  tooManyHeaders: 16,
  /** Empty lines before the start line. */
  leadingLines: 32,
  /** At least one header is folded. */
  folded: 64,
} as const;

/** Columns of a row of the header table: offsets into `data`. */
export const COLUMN = { id: 0, start: 1, nameEnd: 2, valueStart: 3, valueEnd: 4, lineEnd: 5 } as const;
export const COLUMNS = 6;
export const MAX_HEADERS = 4096;

/**
 * The result of the scan, reused from message to message. All offsets are absolute in `data`; -1 is absent.
 * The message is `data[start, end)`; a datagram may hold more, up to `limit`.
 */
export class ScannedMessage {
  data: Buffer = EMPTY;
  start = 0;
  end = 0;
  /** Where the octets handed in end; more than `end` when Content-Length says that the message ends earlier. */
  limit = 0;

  isRequest = false;
  /** 0 for an extension method and for responses. */
  methodId: MethodId = 0;
  /** 0 for requests. */
  status = 0;
  methodStart = -1;
  methodEnd = -1;
  uriStart = -1;
  uriEnd = -1;
  versionStart = -1;
  versionEnd = -1;
  reasonStart = -1;
  reasonEnd = -1;
  startLineEnd = -1;

  /** Rows of the header table that hold the first field of its kind. */
  viaRow = -1;
  fromRow = -1;
  toRow = -1;
  callIdRow = -1;
  cseqRow = -1;

  callIdStart = -1;
  callIdEnd = -1;
  /** Of the topmost Via. */
  branchStart = -1;
  branchEnd = -1;
  fromTagStart = -1;
  fromTagEnd = -1;
  toTagStart = -1;
  toTagEnd = -1;
  cseqNumber = -1;
  cseqMethodId: MethodId = 0;
  cseqMethodStart = -1;
  cseqMethodEnd = -1;
  /** -1 absent, -2 when it is no number, or two that differ. */
  contentLength = -1;

  headerCount = 0;
  /** Rows of COLUMNS offsets; only the first `headerCount` rows count. */
  table: Int32Array = NO_ROWS;
  /** Bits of LINE_FLAG. */
  flags = 0;
  /** Whether the empty line after the headers was seen. */
  headersComplete = false;
  bodyStart = 0;
  bodyEnd = 0;
}

/**
 * Scans `data[start, limit)` into `message`. False when no start line can be made out of it: then nothing in `message`
 * is of use. A message whose headers do not end is scanned as far as it goes (`headersComplete` is false).
 */
export function scanMessage(message: ScannedMessage, data: Buffer, start: number, limit: number): boolean {
  reset(message, data, start, limit);
  let at = start;
  // RFC 3261 §7.5: CRLF before the start line is ignored.
  while (at < limit && (data[at] === CR || data[at] === LF)) at++;
  if (at !== start) {
    message.flags |= LINE_FLAG.leadingLines;
    message.start = at;
  }
  const lineEnd = endOfLine(data, at, limit);
  if (!scanStartLine(message, at, lineEnd)) return false;
  message.startLineEnd = lineEnd;
  scanRest(message, skipLineEnd(message, lineEnd));
  return true;
}

/**
 * The same for message/sipfrag (RFC 3420 §2), which may lack the start line: then it is no request and its status is 0.
 */
export function scanFragment(message: ScannedMessage, data: Buffer, start: number, limit: number): void {
  if (scanMessage(message, data, start, limit)) return;
  reset(message, data, start, limit);
  scanRest(message, start);
}

/** Scans what follows the start line, from `at`. */
function scanRest(message: ScannedMessage, at: number): void {
  const { limit } = message;
  message.bodyStart = scanHeaders(message, at);
  // RFC 3261 §18.3: in a datagram octets beyond Content-Length do not belong to the message; without the header
  // (or with one that says nothing) the body is all there is.
  const available = limit - message.bodyStart;
  const { contentLength } = message;
  message.bodyEnd =
    contentLength >= 0 && contentLength < available ? message.bodyStart + contentLength : limit;
  message.end = message.bodyEnd;
}

/** Scans header lines from `at`; the offset after the empty line that ends them, or the limit. */
function scanHeaders(message: ScannedMessage, at: number): number {
  const { data, limit } = message;
  while (at < limit) {
    const first = data[at];
    if (first === CR || first === LF) {
      message.headersComplete = true;
      return skipLineEnd(message, at);
    }
    if (first === SP || first === HT) {
      message.flags |= LINE_FLAG.strayContinuation;
      while (at < limit && (data[at] === SP || data[at] === HT)) at++;
    }
    at = scanHeader(message, at);
  }
  return limit;
}

/** Scans the header whose name begins at `start`; the offset of the next line that is not its continuation. */
function scanHeader(message: ScannedMessage, start: number): number {
  const { data, limit } = message;
  const words = wordsOf(data);
  let at = start;
  // Nearly all names are registered ones, in which every octet is above the colon but for hyphens.
  while (at < limit && (data[at] > COLON || data[at] === HYPHEN)) at++;
  let id = headerIdAt(data, words, start, at);
  if (id === 0 || (at < limit && TOKEN_FOLD[data[at]] !== 0)) {
    at = start;
    while (at < limit && TOKEN_FOLD[data[at]] !== 0) at++;
    id = headerIdAt(data, words, start, at);
  }
  let nameEnd = at;
  // RFC 3261 §7.3.1 and §25.1 (HCOLON): white space may stand before the colon.
  while (at < limit && (data[at] === SP || data[at] === HT)) at++;
  if (at < limit && data[at] === COLON && nameEnd !== start) {
    at++;
  } else {
    message.flags |= LINE_FLAG.badHeader;
    id = 0;
    const end = endOfLine(data, start, limit);
    at = start;
    while (at < end && data[at] !== COLON) at++;
    nameEnd = trimEnd(data, start, at);
    if (at < end) at++;
  }
  while (at < limit && (data[at] === SP || data[at] === HT)) at++;
  const valueAt = at;
  let lineEnd = at;
  for (;;) {
    at = controlAt(data, words, at, limit);
    if (at < limit && data[at] !== CR && data[at] !== LF) {
      at++;
      continue;
    }
    lineEnd = at;
    at = skipLineEnd(message, at);
    if (at >= limit || (data[at] !== SP && data[at] !== HT)) break;
    message.flags |= LINE_FLAG.folded;
  }
  let valueStart = valueAt;
  while (valueStart < lineEnd && LWS[data[valueStart]] !== 0) valueStart++;
  record(message, id, start, nameEnd, valueStart, trimEnd(data, valueStart, lineEnd), lineEnd);
  return at;
}

function record(
  message: ScannedMessage,
  id: HeaderId,
  start: number,
  nameEnd: number,
  valueStart: number,
  valueEnd: number,
  lineEnd: number,
): void {
  let { table } = message;
  const row = message.headerCount * COLUMNS;
  if (row === table.length) {
    if (message.headerCount === MAX_HEADERS) {
      message.flags |= LINE_FLAG.tooManyHeaders;
      return;
    }
    table = new Int32Array(Math.max(row * 2, FIRST_ROWS * COLUMNS));
    table.set(message.table);
    message.table = table;
  }
  table[row] = id;
  table[row + 1] = start;
  table[row + 2] = nameEnd;
  table[row + 3] = valueStart;
  table[row + 4] = valueEnd;
  table[row + 5] = lineEnd;
  const index = message.headerCount++;
  switch (id) {
    case VIA:
      if (message.viaRow >= 0) break;
      message.viaRow = index;
      scanBranch(message, valueStart, valueEnd);
      break;
    case FROM:
      if (message.fromRow >= 0) break;
      message.fromRow = index;
      scanFromTag(message, valueStart, valueEnd);
      break;
    case TO:
      if (message.toRow >= 0) break;
      message.toRow = index;
      scanToTag(message, valueStart, valueEnd);
      break;
    case CALL_ID:
      if (message.callIdRow >= 0) break;
      message.callIdRow = index;
      scanCallId(message, valueStart, valueEnd);
      break;
    case CSEQ:
      if (message.cseqRow >= 0) break;
      message.cseqRow = index;
      scanCSeq(message, valueStart, valueEnd);
      break;
    case CONTENT_LENGTH:
      scanContentLength(message, valueStart, valueEnd);
      break;
  }
}

/** The offset of the CR or LF that ends the line at `at`, or the limit. */
export function endOfLine(data: Buffer, at: number, limit: number): number {
  const words = wordsOf(data);
  at = controlAt(data, words, at, limit);
  while (at < limit && data[at] !== CR && data[at] !== LF) at = controlAt(data, words, at + 1, limit);
  return at;
}

/** The offset after the line end at `at`, which is CRLF, or LF or CR alone. */
function skipLineEnd(message: ScannedMessage, at: number): number {
  const { data, limit } = message;
  if (at >= limit) return limit;
  if (data[at] === CR) {
    if (at + 1 < limit && data[at + 1] === LF) return at + 2;
    message.flags |= LINE_FLAG.bareCr;
    return at + 1;
  }
  message.flags |= LINE_FLAG.bareLf;
  return at + 1;
}

function trimEnd(data: Buffer, start: number, end: number): number {
  while (end > start && LWS[data[end - 1]] !== 0) end--;
  return end;
}

function reset(message: ScannedMessage, data: Buffer, start: number, limit: number): void {
  message.data = data;
  message.start = start;
  message.end = limit;
  message.limit = limit;
  message.isRequest = false;
  message.methodId = 0;
  message.status = 0;
  message.methodStart = message.methodEnd = -1;
  message.uriStart = message.uriEnd = -1;
  message.versionStart = message.versionEnd = -1;
  message.reasonStart = message.reasonEnd = -1;
  message.startLineEnd = -1;
  message.viaRow = message.fromRow = message.toRow = message.callIdRow = message.cseqRow = -1;
  message.callIdStart = message.callIdEnd = -1;
  message.branchStart = message.branchEnd = -1;
  message.fromTagStart = message.fromTagEnd = -1;
  message.toTagStart = message.toTagEnd = -1;
  message.cseqNumber = -1;
  message.cseqMethodId = 0;
  message.cseqMethodStart = message.cseqMethodEnd = -1;
  message.contentLength = -1;
  message.headerCount = 0;
  message.flags = 0;
  message.headersComplete = false;
  message.bodyStart = message.bodyEnd = limit;
}

/** Shared, and never written to: it has no room. */
const NO_ROWS = new Int32Array(0);
const FIRST_ROWS = 32;
const HT = 9;
const LF = 10;
const CR = 13;
const SP = 32;
const HYPHEN = 45;
const COLON = 58;
const EMPTY = Buffer.alloc(0);
const VIA = HEADER.Via;
const FROM = HEADER.From;
const TO = HEADER.To;
const CALL_ID = HEADER['Call-ID'];
const CSEQ = HEADER.CSeq;
const CONTENT_LENGTH = HEADER['Content-Length'];

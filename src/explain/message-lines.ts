// A message's octets → its lines. A folded header is one line for each row of it, as received; a body or a part of one
// that is no text is one line as a whole.
import { isUtf8 } from 'node:buffer';
import { leafParts } from '../sip/body/multipart.ts';
import type { SipMessage } from '../sip/message.ts';
import type { LineKind } from './explained-line.ts';

export interface MessageLine {
  readonly kind: LineKind;
  /** Offsets from the message's first octet; `end` is before the line end. */
  readonly start: number;
  readonly end: number;
  /** Row of the header table for the first line of a header, else -1. */
  readonly row: number;
}

export function messageLines(message: SipMessage): MessageLine[] {
  const lines: MessageLine[] = [];
  const rows = headerRowsByOffset(message);
  const binary = binaryRanges(message);
  const startLine = message.startLineEnd - message.start;
  const body = message.bodyStart - message.start;
  const bodyEnd = message.bodyEnd - message.start;
  const octets = message.data.subarray(message.start, message.limit);
  for (let at = 0; at < octets.length; ) {
    const whole = binary.get(at);
    if (whole !== undefined) {
      lines.push({ kind: 'binary', start: at, end: whole, row: -1 });
      // What follows a part is the line end before the next boundary (RFC 2046 §5.1.1).
      at = whole < bodyEnd ? afterLineEnd(octets, whole) : whole;
      continue;
    }
    const end = lineEnd(octets, at);
    const kind = kindOf(at, end, startLine, body, bodyEnd);
    lines.push({ kind, start: at, end, row: rows.get(at) ?? -1 });
    at = afterLineEnd(octets, end);
  }
  return lines;
}

function kindOf(at: number, end: number, startLine: number, body: number, bodyEnd: number): LineKind {
  if (at >= bodyEnd && at >= body) return 'trailing';
  if (at >= body) return 'body';
  if (at === end) return 'blank';
  return at < startLine ? 'start-line' : 'header';
}

function headerRowsByOffset(message: SipMessage): Map<number, number> {
  const rows = new Map<number, number>();
  for (let row = 0; row < message.headerCount; row++) {
    rows.set(message.headerRaw(row).byteOffset - message.data.byteOffset - message.start, row);
  }
  return rows;
}

/** Start → end of each part of the body, and of what follows the body, that is no text. */
function binaryRanges(message: SipMessage): Map<number, number> {
  const { data, bodyStart, bodyEnd, limit } = message;
  const parts = leafParts(message.parts()).map(({ start, end, contentType }) => ({
    start,
    end,
    isText: contentType.type === 'text',
  }));
  // A multipart that cannot be taken apart is one body.
  if (parts.length === 0) parts.push({ start: bodyStart, end: bodyEnd, isText: false });
  const ranges = new Map<number, number>();
  for (const part of [...parts, { start: bodyEnd, end: limit, isText: false }]) {
    if (part.start < part.end && isBinary(data.subarray(part.start, part.end), part.isText))
      ranges.set(part.start - message.start, part.end - message.start);
  }
  return ranges;
}

/** Text may be in another character set than UTF-8; no text has NUL, but for UTF-16. */
function isBinary(octets: Buffer, isText: boolean): boolean {
  return octets.includes(0) || (!isText && !isUtf8(octets));
}

function lineEnd(octets: Buffer, at: number): number {
  for (let end = at; end < octets.length; end++) if (octets[end] === 10 || octets[end] === 13) return end;
  return octets.length;
}

function afterLineEnd(octets: Buffer, end: number): number {
  return octets[end] === 13 && octets[end + 1] === 10 ? end + 2 : end + 1;
}

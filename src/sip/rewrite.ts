// A received message written again, with some of it replaced. What is not replaced is written as it was received, octet
// by octet: order, spelling, folding, line ends, and whatever was wrong with it. With no edit the result is the input.

import type { SipMessage } from './message.ts';
import { COLUMN, COLUMNS } from './scan.ts';

export interface MessageEdits {
  /** Another start line, without its line end. */
  readonly startLine?: string;
  /** By row of the header table: another line (`Name: value`), or null to leave the header out. */
  readonly headers?: ReadonlyMap<number, string | null>;
  /** Another body. Content-Length is not touched: edit its row as well. */
  readonly body?: Buffer;
}

/** The octets of the message; those that trail it in its datagram are not part of it. */
export function rewriteMessage(message: SipMessage, edits: MessageEdits = {}): Buffer {
  const { data, start, startLineEnd, table, headerCount, bodyStart, bodyEnd } = message;
  const pieces: Buffer[] = [];
  let at = start;
  const replace = (from: number, to: number, text: string): void => {
    pieces.push(data.subarray(at, from), Buffer.from(text));
    at = to;
  };
  if (edits.startLine !== undefined) replace(start, startLineEnd, edits.startLine);
  for (let row = 0; row < headerCount; row++) {
    const line = edits.headers?.get(row);
    if (line === undefined) continue;
    const lineStart = table[row * COLUMNS + COLUMN.start];
    const lineEnd = table[row * COLUMNS + COLUMN.lineEnd];
    if (line === null) replace(lineStart, afterLineEnd(data, lineEnd, bodyStart), '');
    else replace(lineStart, lineEnd, line);
  }
  pieces.push(data.subarray(at, bodyStart), edits.body ?? data.subarray(bodyStart, bodyEnd));
  return Buffer.concat(pieces);
}

function afterLineEnd(data: Buffer, at: number, limit: number): number {
  if (at < limit && data[at] === CR) return at + 1 < limit && data[at + 1] === LF ? at + 2 : at + 1;
  return Math.min(at + 1, limit);
}

const LF = 10;
const CR = 13;

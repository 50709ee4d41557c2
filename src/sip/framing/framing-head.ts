// The header section of a message on a stream, read as it comes in: where it ends, and what says how long the body is.
// Rules: RFC 3261 §7.3.1 (folding), §7.3.3 (compact forms), §18.3 and §20.14 (Content-Length). Offsets count from the
// message's first octet, so that they stay true when the octets are moved.

import { octetAt, wordsOf } from '../text/octet-words.ts';

/** How the length of the body is known. */
export const LENGTH = { missing: 0, known: 1, invalid: 2, conflicting: 3 } as const;
export type Length = (typeof LENGTH)[keyof typeof LENGTH];

export class MessageHead {
  /** A message has begun. */
  open = false;
  /** Where the header section ends, its empty line included; 0 while it has not. */
  end = 0;
  /** Of the body, as the first Content-Length says; 0 unless known or conflicting. */
  contentLength = 0;
  length: Length = LENGTH.missing;
  hasContentType = false;
  /** The body is one that may quote SIP messages: message/… or multipart/…. */
  quotes = false;
  /** Core fields seen: a message cut short is of use when it has them. */
  hasCallId = false;
  hasCSeq = false;
  /** Start of the line being read; how far it was read. */
  line = 0;
  private at = 0;
  private lengthAt = -1;
  private lengthAgainAt = -1;

  begin(): void {
    this.open = true;
    this.end = this.contentLength = this.line = this.at = 0;
    this.length = LENGTH.missing;
    this.hasContentType = this.quotes = this.hasCallId = this.hasCSeq = false;
    this.lengthAt = this.lengthAgainAt = -1;
  }

  /** Reads on in `data[from, to)`, where the message begins at `from`; true once the header section has ended. */
  read(data: Buffer, from: number, to: number): boolean {
    if (this.end !== 0) return true;
    const words = wordsOf(data);
    let line = from + this.line;
    for (let at = from + this.at; ; at++) {
      at = octetAt(data, words, at, to, LF);
      if (at >= to) break;
      const length = at - line;
      if (length === 0 || (length === 1 && data[line] === CR)) {
        this.end = at + 1 - from;
        this.measure(data, from, at);
        return true;
      }
      if (line !== from && INTERESTING[data[line]] === 1) this.field(data, from, line, at);
      line = at + 1;
    }
    this.at = to - from;
    this.line = line - from;
    return false;
  }

  private field(data: Uint8Array, from: number, line: number, end: number): void {
    switch (data[line] | 0x20) {
      case 0x63: // c
        if (named(data, line, end, CONTENT_LENGTH) > 0)
          this.noteLength(named(data, line, end, CONTENT_LENGTH) - from);
        else if (named(data, line, end, CONTENT_TYPE) > 0)
          this.type(data, named(data, line, end, CONTENT_TYPE), end);
        else if (named(data, line, end, C) > 0) this.type(data, named(data, line, end, C), end);
        else if (named(data, line, end, CALL_ID) > 0) this.hasCallId = true;
        else if (named(data, line, end, CSEQ) > 0) this.hasCSeq = true;
        return;
      case 0x6c: // l
        if (named(data, line, end, L) > 0) this.noteLength(named(data, line, end, L) - from);
        return;
      default:
        if (named(data, line, end, I) > 0) this.hasCallId = true;
    }
  }

  private noteLength(at: number): void {
    if (this.lengthAt < 0) this.lengthAt = at;
    else this.lengthAgainAt = at;
  }

  private type(data: Uint8Array, at: number, end: number): void {
    this.hasContentType = true;
    let value = at;
    while (value < end && data[value] <= SP) value++;
    this.quotes = beginsWith(data, value, end, MESSAGE) || beginsWith(data, value, end, MULTIPART);
  }

  // A folded value is whole only now that the header section has ended.
  private measure(data: Uint8Array, from: number, end: number): void {
    if (this.lengthAt < 0) return;
    const value = digits(data, from + this.lengthAt, end);
    if (value < 0) {
      this.length = LENGTH.invalid;
      return;
    }
    this.contentLength = value;
    this.length = LENGTH.known;
    if (this.lengthAgainAt >= 0 && digits(data, from + this.lengthAgainAt, end) !== value)
      this.length = LENGTH.conflicting;
  }
}

/** Where the value begins when the line is a field of that name (RFC 3261 §7.3.1: white space may precede the colon); else 0. */
function named(data: Uint8Array, line: number, end: number, name: readonly number[]): number {
  if (!beginsWith(data, line, end, name)) return 0;
  let at = line + name.length;
  while (at < end && (data[at] === SP || data[at] === TAB)) at++;
  return at < end && data[at] === COLON ? at + 1 : 0;
}

function beginsWith(data: Uint8Array, at: number, end: number, name: readonly number[]): boolean {
  if (end - at < name.length) return false;
  for (let index = 0; index < name.length; index++) {
    const octet = data[at + index];
    if ((octet >= 0x41 && octet <= 0x5a ? octet | 0x20 : octet) !== name[index]) return false;
  }
  return true;
}

/** The number that a field's value is, folding allowed; -1 when it is none. */
function digits(data: Uint8Array, from: number, end: number): number {
  let at = skipSpace(data, from, end);
  const first = at;
  let value = 0;
  while (at < end && data[at] >= 0x30 && data[at] <= 0x39)
    value = Math.min(value * 10 + data[at++] - 0x30, 2 ** 40);
  if (at === first) return -1;
  while (at < end && (data[at] === SP || data[at] === TAB || data[at] === CR)) at++;
  return at >= end || data[at] === LF ? value : -1;
}

function skipSpace(data: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const octet = data[at];
    const folds = octet === LF && at + 1 < end && (data[at + 1] === SP || data[at + 1] === TAB);
    if (octet !== SP && octet !== TAB && octet !== CR && !folds) break;
    at++;
  }
  return at;
}

function octets(name: string): readonly number[] {
  return [...Buffer.from(name, 'latin1')];
}

const TAB = 9;
const LF = 10;
const CR = 13;
const SP = 32;
const COLON = 58;
const CONTENT_LENGTH = octets('content-length');
const CONTENT_TYPE = octets('content-type');
const CALL_ID = octets('call-id');
const CSEQ = octets('cseq');
const C = octets('c');
const L = octets('l');
const I = octets('i');
const MESSAGE = octets('message/');
const MULTIPART = octets('multipart/');

/** First octets of the names that matter here. */
const INTERESTING = Uint8Array.from({ length: 256 }, (_, octet) =>
  'cClLiI'.includes(String.fromCharCode(octet)) ? 1 : 0,
);

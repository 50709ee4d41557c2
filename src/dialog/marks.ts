// The identifiers of a message as numbers, so that a message is compared with what was kept of earlier ones without going
// to their text in memory. Each is two hashes that share nothing, and its length: RFC 3261 §8.1.1.4, §17.1.3, §19.3.
// Another thread may have made them: they travel as words.
import type { SipMessage } from '../sip/message.ts';
import { COLUMN, COLUMNS } from '../sip/scan.ts';
import { hashOctets } from './kept/octets.ts';

/** Octets as numbers; an absent field (`start` is -1) is like an empty one. */
export class Mark {
  first = 0;
  second = 0;
  length = 0;

  read(data: Uint8Array, start: number, end: number): void {
    let first = FIRST_BASIS;
    let second = SECOND_BASIS;
    let at = start < 0 ? end : start;
    this.length = end - at;
    for (; at + 1 < end; at += 2) {
      const pair = data[at] | (data[at + 1] << 8);
      first = Math.imul(first ^ pair, FIRST_PRIME);
      second = (Math.imul(second, SECOND_PRIME) + pair) | 0;
    }
    if (at < end) {
      first = Math.imul(first ^ data[at], FIRST_PRIME);
      second = (Math.imul(second, SECOND_PRIME) + data[at]) | 0;
    }
    this.first = first;
    this.second = second;
  }

  is(first: number, second: number, length: number): boolean {
    return this.first === first && this.second === second && this.length === length;
  }

  write(words: Int32Array, at: number): number {
    words[at] = this.first;
    words[at + 1] = this.second;
    words[at + 2] = this.length;
    return at + 3;
  }

  take(words: Int32Array, at: number): number {
    this.first = words[at];
    this.second = words[at + 1];
    this.length = words[at + 2];
    return at + 3;
  }
}

/** What tells the calls, and the transactions and dialogs of a call, apart. */
export class MessageMarks {
  /** hashOctets of the Call-ID. */
  callId = 0;
  readonly branch = new Mark();
  readonly from = new Mark();
  readonly to = new Mark();
  /** RFC 2543 clients, and those that copy its branches, are told apart from others by the magic cookie. */
  cookie = false;

  read(m: SipMessage): this {
    const { data, branchStart } = m;
    this.callId = hashOctets(data, m.callIdStart, m.callIdEnd);
    this.from.read(data, m.fromTagStart, m.fromTagEnd);
    this.to.read(data, m.toTagStart, m.toTagEnd);
    this.cookie = branchStart >= 0 && m.branchEnd - branchStart >= 7 && isCookie(data, branchStart);
    if (this.cookie) this.branch.read(data, branchStart, m.branchEnd);
    else this.readSender(m);
    return this;
  }

  /** Writes them to MARK_WORDS words from `at` on; says where they end. */
  write(words: Int32Array, at: number): number {
    words[at] = this.callId;
    words[at + 1] = this.cookie ? 1 : 0;
    return this.to.write(words, this.from.write(words, this.branch.write(words, at + 2)));
  }

  /** Takes what was written. */
  take(words: Int32Array, at: number): number {
    this.callId = words[at];
    this.cookie = words[at + 1] !== 0;
    return this.to.take(words, this.from.take(words, this.branch.take(words, at + 2)));
  }

  /**
   * RFC 3261 §17.1.3, §17.2.3: the branch identifies a transaction when it begins with the magic cookie (sent-by is
   * covered by the hop). Before that (RFC 2543): the sender's sent-by with whatever branch there is.
   */
  private readSender(m: SipMessage): void {
    const { data, table, viaRow } = m;
    if (viaRow < 0) {
      this.branch.read(data, -1, -1);
      return;
    }
    const from = table[viaRow * COLUMNS + COLUMN.valueStart];
    const to = table[viaRow * COLUMNS + COLUMN.valueEnd];
    let end = from;
    while (end < to && data[end] !== SEMICOLON && data[end] !== COMMA) end++;
    const branch = m.branchStart < 0 ? NOTHING : data.subarray(m.branchStart, m.branchEnd);
    const both = Buffer.concat([data.subarray(from, end), SEPARATOR, branch]);
    this.branch.read(both, 0, both.length);
  }
}

/** The callId of marks written at `at`. */
export function callIdMark(words: Int32Array, at: number): number {
  return words[at];
}

export const MARK_WORDS = 11;

// `z9hG4bK`, compared without case: RFC 3261 §19.3 makes tokens case-insensitive.
function isCookie(data: Uint8Array, at: number): boolean {
  return (
    (data[at] | 32) === 0x7a &&
    data[at + 1] === 0x39 &&
    (data[at + 2] | 32) === 0x68 &&
    (data[at + 3] | 32) === 0x67 &&
    data[at + 4] === 0x34 &&
    (data[at + 5] | 32) === 0x62 &&
    (data[at + 6] | 32) === 0x6b
  );
}

const SEMICOLON = 59;
const COMMA = 44;
const SEPARATOR = Uint8Array.of(SEMICOLON);
const NOTHING = new Uint8Array(0);
const FIRST_BASIS = 0x811c9dc5 | 0;
const FIRST_PRIME = 0x01000193;
const SECOND_BASIS = 0x2545f491;
const SECOND_PRIME = 0x5bd1e995;

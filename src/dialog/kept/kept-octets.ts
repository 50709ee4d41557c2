// The octets of a message as its call keeps them: lines that the call had before are said by where they stand, lines that many calls
// have by their number. Messages of one call are half the same: Via, From, To, Call-ID, what a phone supports, its session description.
//
// Two octets of length, then as many octets; or, with the highest bit set, two octets of where as many stand; or the highest bit
// alone, and two octets of the number of a shared line.
import { copyOctets } from './copy-octets.ts';
import type { KeptPages, PageChain } from './kept-pages.ts';
import { SharedLines } from './shared-lines.ts';

export class KeptOctets {
  readonly shared = new SharedLines();
  /** By its hash where each call had a line last: the hash, and the place. A line that is forgotten is only written again. */
  private lines = new Int32Array(2 << FIRST_BITS);
  private mask = (1 << FIRST_BITS) - 1;
  /** Lines noted since there was room for as many. */
  private learnt = 0;
  private room = Buffer.from(new ArrayBuffer(FIRST_ROOM));
  private used = 0;
  private readonly freshHash: number[] = [];
  private readonly freshStart: number[] = [];

  /** Writes the head of `pages` and `data[start, end)` behind what is in the chain; `serial` is its call's own. */
  append(pages: KeptPages, chain: PageChain, serial: number, data: Buffer, start: number, end: number): void {
    if (this.learnt > this.mask >> 1 && this.mask < MOST_MASK) this.grow();
    const { lines, mask } = this;
    this.begin(pages, end - start);
    const seed = Math.imul(serial, 0x9e3779b1);
    let literal = start;
    let copied = 0;
    let copyOf = 0;
    for (let at = start; at < end; ) {
      const line = at;
      let plain = 0x811c9dc5 | 0;
      for (let octet = 0; octet !== LF && at < end; at++) {
        octet = data[at];
        plain = Math.imul(plain ^ octet, 0x01000193);
      }
      if (at - line < SHORTEST || at - line > LONGEST) continue;
      plain ^= plain >>> 15;
      let hash = Math.imul(plain ^ seed, 0x85ebca6b);
      hash ^= hash >>> 15;
      const slot = 2 * (hash & mask);
      const place = lines[slot + 1];
      if (lines[slot] !== hash || !pages.holds(chain, place, data, line, at)) {
        const number = this.shared.find(plain, data, line, at);
        if (number < 0) {
          this.freshHash.push(hash);
          this.freshStart.push(line);
          continue;
        }
        if (copied > 0) this.copy(copied, copyOf);
        copied = 0;
        this.literal(chain.length, data, literal, line);
        this.word(COPY);
        this.word(number);
        literal = at;
        continue;
      }
      if (copied > 0 && literal === line && place === copyOf + copied && copied + at - line <= LONGEST) {
        copied += at - line;
      } else {
        if (copied > 0) this.copy(copied, copyOf);
        this.literal(chain.length, data, literal, line);
        copied = at - line;
        copyOf = place;
      }
      literal = at;
    }
    if (copied > 0) this.copy(copied, copyOf);
    this.literal(chain.length, data, literal, end);
    pages.append(chain, this.room, 0, this.used);
  }

  private begin({ head }: KeptPages, length: number): void {
    const most = head.used + length + 2 * (2 + Math.ceil(length / LONGEST));
    if (most > this.room.length) this.room = Buffer.from(new ArrayBuffer(2 * most));
    this.used = copyOctets(head.octets, 0, head.used, this.room, 0);
  }

  private literal(before: number, data: Buffer, start: number, end: number): void {
    const { freshHash, freshStart } = this;
    let line = 0;
    for (let from = start; from < end; ) {
      const to = Math.min(end, from + LONGEST);
      this.word(to - from);
      const place = before + this.used;
      for (; line < freshStart.length && freshStart[line] < to; line++) {
        this.learn(freshHash[line], place + freshStart[line] - from);
      }
      this.used += copyOctets(data, from, to, this.room, this.used);
      from = to;
    }
    freshHash.length = 0;
    freshStart.length = 0;
  }

  private learn(hash: number, place: number): void {
    if (place > FURTHEST) return;
    this.learnt++;
    const slot = 2 * (hash & this.mask);
    this.lines[slot] = hash;
    this.lines[slot + 1] = place;
  }

  /** Four times the room, up to the most. */
  private grow(): void {
    const before = this.lines;
    this.mask = this.mask * 4 + 3;
    this.lines = new Int32Array(2 * (this.mask + 1));
    this.learnt = 0;
    for (let slot = 0; slot < before.length; slot += 2) this.learn(before[slot], before[slot + 1]);
  }

  private copy(length: number, place: number): void {
    this.word(length | COPY);
    this.word(place);
  }

  private word(value: number): void {
    this.room[this.used++] = value & 0xff;
    this.room[this.used++] = value >> 8;
  }
}

/** Writes the `length` octets that begin at `kept[at]` to `to[start]`; gives where they end in `kept`. */
export function readOctets(
  kept: Buffer,
  at: number,
  length: number,
  to: Buffer,
  start: number,
  shared: SharedLines,
): number {
  for (const end = start + length; start < end; ) {
    const word = kept[at] | (kept[at + 1] << 8);
    at += 2;
    const count = word & LONGEST;
    if (word === COPY) {
      start = shared.read(kept[at] | (kept[at + 1] << 8), to, start);
      at += 2;
    } else if (word > COPY) {
      const place = kept[at] | (kept[at + 1] << 8);
      at += 2;
      copyOctets(kept, place, place + count, to, start);
    } else {
      copyOctets(kept, at, at + count, to, start);
      at += count;
    }
    start += count;
  }
  return at;
}

const LF = 10;
/** A copy takes four octets, and parts what is around it. */
const SHORTEST = 8;
const LONGEST = 0x7fff;
const COPY = 0x8000;
/** What stands further behind is not looked for: calls that go on for long say the same as in the beginning. */
const FURTHEST = 16_384;
const FIRST_BITS = 10;
const MOST_MASK = (1 << 18) - 1;
const FIRST_ROOM = 16_384;

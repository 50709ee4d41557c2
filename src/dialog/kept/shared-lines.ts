// Lines that many calls have: what phones of one make say of themselves, and the lines of their session descriptions that never
// change. Each is kept once, under a number. A line is taken up once it was met often: of lines that calls have of their own there
// are any number.
import { copyOctets } from './copy-octets.ts';

export class SharedLines {
  /** Candidates: a hash and how often it was met, less how often others were met in its place. */
  private readonly met = new Int32Array(2 << MET_BITS);
  /** By its hash the number of a line and one, 0 where there is none; open addressing. */
  private readonly numbers = new Uint16Array(1 << SLOT_BITS);
  /** Where the line of each number ends; the first begins at 0. */
  private readonly ends: number[] = [];
  private octets = Buffer.from(new ArrayBuffer(FIRST_ROOM));

  /** The number of the line `data[start, end)`, -1 for one that is not shared (yet). */
  find(hash: number, data: Buffer, start: number, end: number): number {
    const { numbers } = this;
    let slot = hash & SLOT_MASK;
    for (let probes = 0; numbers[slot] !== 0; slot = (slot + 1) & SLOT_MASK) {
      if (this.is(numbers[slot] - 1, data, start, end)) return numbers[slot] - 1;
      if (++probes === MOST_PROBES) return -1;
    }
    return this.meet(hash, data, start, end);
  }

  /** Writes the line to `to[at]`; gives where it ends. */
  read(number: number, to: Buffer, at: number): number {
    return at + copyOctets(this.octets, number === 0 ? 0 : this.ends[number - 1], this.ends[number], to, at);
  }

  private is(number: number, data: Buffer, start: number, end: number): boolean {
    const { octets } = this;
    const from = number === 0 ? 0 : this.ends[number - 1];
    if (this.ends[number] - from !== end - start) return false;
    for (let at = start; at < end; at++) if (octets[from + at - start] !== data[at]) return false;
    return true;
  }

  /** What is met often stays in its place, though others come by. */
  private meet(hash: number, data: Buffer, start: number, end: number): number {
    const { met } = this;
    const place = 2 * ((hash >>> SLOT_BITS) & MET_MASK);
    if (met[place] !== hash) {
      if (--met[place + 1] < 0) {
        met[place] = hash;
        met[place + 1] = 1;
      }
      return -1;
    }
    if (++met[place + 1] < OFTEN) return -1;
    met[place + 1] = 0;
    return this.takeUp(hash, data, start, end);
  }

  private takeUp(hash: number, data: Buffer, start: number, end: number): number {
    const { ends, numbers } = this;
    const from = ends.length === 0 ? 0 : ends[ends.length - 1];
    const to = from + end - start;
    if (ends.length === MOST_LINES || to > MOST_OCTETS) return -1;
    if (to > this.octets.length) {
      const larger = Buffer.from(new ArrayBuffer(Math.max(2 * this.octets.length, to)));
      this.octets.copy(larger, 0, 0, from);
      this.octets = larger;
    }
    data.copy(this.octets, from, start, end);
    let slot = hash & SLOT_MASK;
    while (numbers[slot] !== 0) slot = (slot + 1) & SLOT_MASK;
    ends.push(to);
    numbers[slot] = ends.length;
    return ends.length - 1;
  }
}

const SLOT_BITS = 14;
const SLOT_MASK = (1 << SLOT_BITS) - 1;
const MET_BITS = 14;
const MET_MASK = (1 << MET_BITS) - 1;
/** Lines made to meet in one slot cost so many looks, no more. */
const MOST_PROBES = 8;
const OFTEN = 8;
const MOST_LINES = 1 << (SLOT_BITS - 1);
const FIRST_ROOM = 4096;
const MOST_OCTETS = 1 << 20;

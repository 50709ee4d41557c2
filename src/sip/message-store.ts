// Room for messages that are kept: their octets and their header tables in blocks that go when the last of them goes. A store
// belongs to one call, so that a call that lasts holds no room of others.

export class MessageStore {
  private block: ArrayBuffer = NOTHING;
  private used = 0;
  private next: number;
  private blocks = 0;

  /** `first`: octets of the first block. */
  constructor(first = FIRST) {
    this.next = first;
  }

  /** A copy of octets. */
  octets(octets: Buffer): Buffer {
    const { length } = octets;
    const at = this.take(length);
    const copy = Buffer.from(this.block, at, length);
    copy.set(octets);
    return copy;
  }

  /** So many numbers, all zero. */
  numbers(count: number): Int32Array {
    const at = this.take(4 * count);
    return new Int32Array(this.block, at, count);
  }

  /** Octets at a place that numbers may stand at too. */
  private take(length: number): number {
    const at = (this.used + 3) & ~3;
    if (at + length <= this.block.byteLength) {
      this.used = at + length;
      return at;
    }
    // Most calls have few messages; one with many takes larger blocks.
    this.block = new ArrayBuffer(Math.max(this.next, length));
    if (++this.blocks % GROWTH === 0) this.next = Math.min(2 * this.next, LARGEST);
    this.used = length;
    return 0;
  }
}

const NOTHING = new ArrayBuffer(0);
const FIRST = 2048;
const LARGEST = 65_536;
/** Blocks of one size before they double. */
const GROWTH = 8;

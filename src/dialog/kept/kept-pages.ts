// Room for what open calls keep of their messages: octets in pages of a few large blocks, that the next call gets when one is
// over. To the garbage collector a hundred thousand kept messages are as many as none.
import { KeptOctets } from './kept-octets.ts';
import { NumberWriter } from './whole-numbers.ts';

/** Octets, one after the other, over as many pages as they need. Filled and emptied by KeptPages. */
export class PageChain {
  first = -1;
  last = -1;
  /** Octets in it. */
  length = 0;
}

export class KeptPages {
  /** What stands before the octets of the message at hand. */
  readonly head = new NumberWriter();
  readonly octets = new KeptOctets();
  /** Logs begun so far. */
  logs = 0;
  private readonly blocks: Buffer[] = [];
  /** Of each page the one behind it, in its chain or among the free ones; -1 behind the last. */
  private next = new Int32Array(0);
  private free = -1;
  private room = Buffer.from(new ArrayBuffer(FIRST_ROOM));

  /** Writes `data[start, end)` behind what is there. */
  append(chain: PageChain, data: Buffer, start: number, end: number): void {
    for (let at = start; at < end; ) {
      const used = chain.length & (PAGE - 1);
      if (used === 0) this.extend(chain);
      const { last } = chain;
      const count = Math.min(end - at, PAGE - used);
      data.copy(this.blocks[last >> PAGES_BITS], offsetOf(last) + used, at, at + count);
      chain.length += count;
      at += count;
    }
  }

  /** Whether `data[start, end)` stands at `place` of it. */
  holds(chain: PageChain, place: number, data: Buffer, start: number, end: number): boolean {
    if (place + end - start > chain.length) return false;
    let page = chain.first;
    for (let skip = Math.floor(place / PAGE); skip > 0; skip--) page = this.next[page];
    let used = place & (PAGE - 1);
    for (let at = start; at < end; page = this.next[page], used = 0) {
      const block = this.blocks[page >> PAGES_BITS];
      const from = offsetOf(page) + used;
      const count = Math.min(end - at, PAGE - used);
      for (let i = 0; i < count; i++) if (block[from + i] !== data[at + i]) return false;
      at += count;
    }
    return true;
  }

  /** All of it in one piece, as long as nothing else is asked for. */
  gather(chain: PageChain): Buffer {
    const all = this.roomFor(chain.length);
    let at = 0;
    for (let page = chain.first; page >= 0; page = this.next[page]) {
      const start = offsetOf(page);
      const count = Math.min(PAGE, chain.length - at);
      this.blocks[page >> PAGES_BITS].copy(all, at, start, start + count);
      at += count;
    }
    return all;
  }

  /** All of it as a text, a character for each octet: the engine moves it about, where thousands of small memories lie in pieces. */
  text(chain: PageChain): string {
    return this.gather(chain).toString('latin1', 0, chain.length);
  }

  /** The octets of such a text, as long as nothing else is asked for. */
  octetsOf(text: string): Buffer {
    const all = this.roomFor(text.length);
    all.write(text, 'latin1');
    return all;
  }

  /** Its pages are for others now. */
  release(chain: PageChain): void {
    if (chain.last < 0) return;
    this.next[chain.last] = this.free;
    this.free = chain.first;
    chain.first = chain.last = -1;
    chain.length = 0;
  }

  private roomFor(length: number): Buffer {
    if (length > this.room.length) this.room = Buffer.from(new ArrayBuffer(2 * length));
    return this.room;
  }

  private extend(chain: PageChain): void {
    if (this.free < 0) this.grow();
    const page = this.free;
    this.free = this.next[page];
    this.next[page] = -1;
    if (chain.last < 0) chain.first = page;
    else this.next[chain.last] = page;
    chain.last = page;
  }

  private grow(): void {
    const from = this.blocks.length << PAGES_BITS;
    const to = from + (1 << PAGES_BITS);
    this.blocks.push(Buffer.from(new ArrayBuffer(PAGE << PAGES_BITS)));
    if (to > this.next.length) {
      const next = new Int32Array(2 * to);
      next.set(this.next);
      this.next = next;
    }
    for (let page = from; page < to; page++) this.next[page] = page + 1 < to ? page + 1 : -1;
    this.free = from;
  }
}

function offsetOf(page: number): number {
  return (page & ((1 << PAGES_BITS) - 1)) * PAGE;
}

const PAGE = 512;
/** Pages of a block, as a power of two. */
const PAGES_BITS = 9;
const FIRST_ROOM = 16_384;

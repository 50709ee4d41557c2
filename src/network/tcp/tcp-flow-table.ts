// Address pairs → flows: open addressing over typed arrays (Knuth, TAOCP 3 §6.4, linear probing with shifting deletion),
// and the order in which flows were last used, so that the one idle for longest gives way when the table is full.
import { TcpFlow } from './tcp-flow.ts';

export class TcpFlowTable {
  /** The key to look for, filled by the caller: words of the lower address, of the higher, and the two ports in one. */
  readonly key: Int32Array;
  count = 0;

  private readonly words: number;
  private readonly capacity: number;
  /** Flows that the arrays have room for; it doubles up to the capacity. */
  private room = 0;
  private mask = 0;
  private slots: Int32Array = NO_WORDS;
  private keys: Int32Array = NO_WORDS;
  private hashes: Int32Array = NO_WORDS;
  private newer: Int32Array = NO_WORDS;
  private older: Int32Array = NO_WORDS;
  private readonly flows: TcpFlow[] = [];
  private newest = NONE;
  private oldest = NONE;
  private readonly onEvict: (flow: TcpFlow) => void;

  constructor(words: number, capacity: number, onEvict: (flow: TcpFlow) => void) {
    this.words = words;
    this.capacity = capacity;
    this.key = new Int32Array(words);
    this.onEvict = onEvict;
    this.resize(Math.min(FIRST_ROOM, capacity));
  }

  /** The flow of `key`, now the one used last; or null. */
  find(): TcpFlow | null {
    const { slots, mask, hashes } = this;
    const hash = this.hash();
    for (let slot = hash & mask; slots[slot] !== NONE; slot = (slot + 1) & mask) {
      const index = slots[slot];
      if (hashes[index] !== hash || !this.matches(index)) continue;
      if (index !== this.newest) this.touch(index);
      return this.flows[index];
    }
    return null;
  }

  /** A flow for `key`, which the table must not hold yet. */
  add(version: 4 | 6): TcpFlow {
    let flow: TcpFlow;
    if (this.count < this.capacity) {
      if (this.count === this.room) this.resize(Math.min(this.room * 2, this.capacity));
      flow = new TcpFlow();
      flow.index = this.count++;
      this.flows.push(flow);
    } else {
      flow = this.flows[this.oldest];
      this.onEvict(flow);
      flow.clear();
      this.unlink(flow.index);
      this.removeSlot(flow.index);
    }
    flow.version = version;
    const hash = this.hash();
    this.keys.set(this.key, flow.index * this.words);
    this.hashes[flow.index] = hash;
    this.place(flow.index);
    this.linkNewest(flow.index);
    return flow;
  }

  /** This flow has ended: it is the first to give way. */
  retire(flow: TcpFlow): void {
    const index = flow.index;
    if (index === this.oldest) return;
    this.unlink(index);
    this.older[index] = NONE;
    this.newer[index] = this.oldest;
    this.older[this.oldest] = index;
    this.oldest = index;
  }

  /** One word of a flow's key. */
  word(flow: TcpFlow, word: number): number {
    return this.keys[flow.index * this.words + word];
  }

  all(): readonly TcpFlow[] {
    return this.flows;
  }

  private resize(room: number): void {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(room, 4) * 2));
    this.room = room;
    this.mask = slots - 1;
    this.slots = new Int32Array(slots).fill(NONE);
    this.keys = enlarged(this.keys, room * this.words);
    this.hashes = enlarged(this.hashes, room);
    this.newer = enlarged(this.newer, room);
    this.older = enlarged(this.older, room);
    for (let index = 0; index < this.count; index++) this.place(index);
  }

  /** Into the first free slot from where its hash points on. */
  private place(index: number): void {
    const { slots, mask } = this;
    let slot = this.hashes[index] & mask;
    while (slots[slot] !== NONE) slot = (slot + 1) & mask;
    slots[slot] = index;
  }

  private hash(): number {
    let hash = 0x9e3779b9 | 0;
    for (let word = 0; word < this.words; word++) {
      hash = Math.imul(hash ^ this.key[word], 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  private matches(index: number): boolean {
    const base = index * this.words;
    for (let word = 0; word < this.words; word++) {
      if (this.keys[base + word] !== this.key[word]) return false;
    }
    return true;
  }

  private touch(index: number): void {
    this.unlink(index);
    this.linkNewest(index);
  }

  private linkNewest(index: number): void {
    this.newer[index] = NONE;
    this.older[index] = this.newest;
    if (this.newest !== NONE) this.newer[this.newest] = index;
    else this.oldest = index;
    this.newest = index;
  }

  private unlink(index: number): void {
    const newer = this.newer[index];
    const older = this.older[index];
    if (newer !== NONE) this.older[newer] = older;
    else this.newest = older;
    if (older !== NONE) this.newer[older] = newer;
    else this.oldest = newer;
  }

  // Entries after the freed slot that could stand nearer to where their hash points are moved up, so that no probe ends early.
  private removeSlot(index: number): void {
    const { slots, mask, hashes } = this;
    let free = hashes[index] & mask;
    while (slots[free] !== index) free = (free + 1) & mask;
    for (let slot = (free + 1) & mask; slots[slot] !== NONE; slot = (slot + 1) & mask) {
      const home = hashes[slots[slot]] & mask;
      if (((slot - home) & mask) < ((slot - free) & mask)) continue;
      slots[free] = slots[slot];
      free = slot;
    }
    slots[free] = NONE;
  }
}

function enlarged(words: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(length);
  larger.set(words);
  return larger;
}

const NONE = -1;
const NO_WORDS = new Int32Array(0);
const FIRST_ROOM = 64;

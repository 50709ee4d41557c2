// The open calls by Call-ID: open addressing with linear probing, compared octet by octet. Long runs of equal hashes can
// be made on purpose; what lies beyond a bounded probe goes into a Map, whose hashing is seeded by the engine.
import { hashOctets, octetText } from './octets.ts';

/** What the table needs of an entry. */
export interface Keyed {
  /** The Call-ID's octets, and their hash. */
  readonly key: string;
  readonly hash: number;
  /** Whether the Call-ID is `data[start, end)`. */
  isKey(data: Buffer, start: number, end: number): boolean;
}

export class CallTable<Entry extends Keyed> {
  size = 0;
  /** The entries' hashes; of an empty slot 0, which no entry's is here. */
  private hashes = new Int32Array(FIRST_CAPACITY);
  private entries: (Entry | null)[] = new Array(FIRST_CAPACITY).fill(null);
  private mask = FIRST_CAPACITY - 1;
  private readonly beyond = new Map<string, Entry>();

  /** The entry whose key is `data[start, end)`; `hash` is its hashOctets. */
  find(hash: number, data: Buffer, start: number, end: number): Entry | null {
    const { hashes, mask } = this;
    const wanted = hash || ZERO;
    let slot = hash & mask;
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      const found = hashes[slot];
      if (found === 0) break;
      if (found === wanted) {
        const entry = this.entries[slot];
        if (entry?.isKey(data, start, end)) return entry;
      }
      slot = (slot + 1) & mask;
    }
    return this.beyond.size === 0 ? null : (this.beyond.get(octetText(data, start, end)) ?? null);
  }

  /** The entry with this key as text. */
  findText(key: string): Entry | null {
    const octets = Buffer.from(key, 'latin1');
    return this.find(hashOctets(octets, 0, octets.length), octets, 0, octets.length);
  }

  /** The key must not be in the table. */
  add(entry: Entry): void {
    if (++this.size * 2 > this.mask) this.grow();
    this.place(entry);
  }

  delete(entry: Entry): void {
    const { entries, mask } = this;
    let slot = entry.hash & mask;
    for (let probes = 0; probes < MAX_PROBES && entries[slot] !== entry; probes++) slot = (slot + 1) & mask;
    if (entries[slot] === entry) {
      this.size--;
      this.close(slot);
    } else if (this.beyond.get(entry.key) === entry) {
      this.size--;
      this.beyond.delete(entry.key);
    }
  }

  *[Symbol.iterator](): Iterator<Entry> {
    for (const entry of this.entries) if (entry !== null) yield entry;
    yield* this.beyond.values();
  }

  private place(entry: Entry): void {
    const { hashes, entries, mask } = this;
    let slot = entry.hash & mask;
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      if (entries[slot] === null) {
        hashes[slot] = entry.hash || ZERO;
        entries[slot] = entry;
        return;
      }
      slot = (slot + 1) & mask;
    }
    this.beyond.set(entry.key, entry);
  }

  /** Empties a slot and moves later entries of the run forward, so that no probe ends too early. */
  private close(hole: number): void {
    const { hashes, entries, mask } = this;
    hashes[hole] = 0;
    entries[hole] = null;
    for (let slot = (hole + 1) & mask; entries[slot] !== null; slot = (slot + 1) & mask) {
      const home = hashes[slot] & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      hashes[hole] = hashes[slot];
      entries[hole] = entries[slot];
      hashes[slot] = 0;
      entries[slot] = null;
      hole = slot;
    }
  }

  private grow(): void {
    const all = [...this];
    const capacity = (this.mask + 1) * 2;
    this.hashes = new Int32Array(capacity);
    this.entries = new Array(capacity).fill(null);
    this.mask = capacity - 1;
    this.beyond.clear();
    for (const entry of all) this.place(entry);
  }
}

const FIRST_CAPACITY = 1024;
/** Stands for 0; like it, it belongs to the first slot of any table. */
const ZERO = 1 << 31;
const MAX_PROBES = 64;

// The open calls by Call-ID: open addressing with linear probing, compared octet by octet. Long runs of equal hashes can
// be made on purpose; what lies beyond a bounded probe goes into a Map, whose hashing is seeded by the engine.
import { hashOctets, octetText } from './kept/octets.ts';

/** What the table needs of an entry. */
export interface Keyed {
  /** The Call-ID's octets, and their hash. */
  readonly key: string;
  readonly hash: number;
  /** Set by the table: where it stands in it. */
  place: number;
  /** Whether the Call-ID is `data[start, end)`. */
  isKey(data: Buffer, start: number, end: number): boolean;
}

export class CallTable<Entry extends Keyed> {
  size = 0;
  /** Two numbers a slot, that a look touches together: the entry's hash, and its place; of an empty slot 0. */
  private slots = new Int32Array(2 * FIRST_CAPACITY);
  private mask = FIRST_CAPACITY - 1;
  /** By place, close together, from 1 on. */
  private readonly entries: (Entry | null)[] = [null];
  private readonly freePlaces: number[] = [];
  private readonly beyond = new Map<string, Entry>();

  /** The entry whose key is `data[start, end)`; `hash` is its hashOctets. */
  find(hash: number, data: Buffer, start: number, end: number): Entry | null {
    const { slots, mask } = this;
    let slot = hash & mask;
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      const place = slots[2 * slot + 1];
      if (place === 0) break;
      if (slots[2 * slot] === hash) {
        const entry = this.entries[place];
        if (entry?.isKey(data, start, end)) return entry;
      }
      slot = (slot + 1) & mask;
    }
    return this.beyond.size === 0 ? null : (this.beyond.get(octetText(data, start, end)) ?? null);
  }

  /** Of each hash the entry that most likely has it, without a look at its key; null for none. */
  likely(hashes: Int32Array, count: number, found: (Entry | null)[]): void {
    const { slots, mask, entries } = this;
    for (let i = 0; i < count; i++) {
      const slot = hashes[i] & mask;
      found[i] = slots[2 * slot] === hashes[i] ? entries[slots[2 * slot + 1]] : null;
    }
  }

  /** The entry with this key as text. */
  findText(key: string): Entry | null {
    const octets = Buffer.from(key, 'latin1');
    return this.find(hashOctets(octets, 0, octets.length), octets, 0, octets.length);
  }

  /** The key must not be in the table. */
  add(entry: Entry): void {
    if (++this.size * 2 > this.mask) this.grow();
    this.insert(entry);
  }

  delete(entry: Entry): void {
    const { slots, mask } = this;
    const { place } = entry;
    if (place > 0) {
      let slot = entry.hash & mask;
      while (slots[2 * slot + 1] !== place) slot = (slot + 1) & mask;
      this.close(slot);
      this.entries[place] = null;
      this.freePlaces.push(place);
      entry.place = 0;
    } else if (this.beyond.get(entry.key) === entry) this.beyond.delete(entry.key);
    else return;
    this.size--;
  }

  *[Symbol.iterator](): Iterator<Entry> {
    for (const entry of this.entries) if (entry !== null) yield entry;
    yield* this.beyond.values();
  }

  private insert(entry: Entry): void {
    const { slots, mask } = this;
    let slot = entry.hash & mask;
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      if (slots[2 * slot + 1] === 0) {
        const place = this.freePlaces.pop() ?? this.entries.length;
        slots[2 * slot] = entry.hash;
        slots[2 * slot + 1] = place;
        this.entries[place] = entry;
        entry.place = place;
        return;
      }
      slot = (slot + 1) & mask;
    }
    entry.place = 0;
    this.beyond.set(entry.key, entry);
  }

  /** Empties a slot and moves later ones of the run forward, so that no probe ends too early. */
  private close(hole: number): void {
    const { slots, mask } = this;
    slots[2 * hole + 1] = 0;
    for (let slot = (hole + 1) & mask; slots[2 * slot + 1] !== 0; slot = (slot + 1) & mask) {
      const home = slots[2 * slot] & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      slots[2 * hole] = slots[2 * slot];
      slots[2 * hole + 1] = slots[2 * slot + 1];
      slots[2 * slot + 1] = 0;
      hole = slot;
    }
  }

  private grow(): void {
    const all = [...this];
    const capacity = (this.mask + 1) * 2;
    this.slots = new Int32Array(2 * capacity);
    this.mask = capacity - 1;
    this.entries.length = 1;
    this.freePlaces.length = 0;
    this.beyond.clear();
    for (const entry of all) this.insert(entry);
  }
}

const FIRST_CAPACITY = 1024;
const MAX_PROBES = 64;

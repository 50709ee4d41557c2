// Words of letters and digits, found from octets without making a string; case does not matter. A place for each, which a word
// that is added is given and keeps until the table is cleared.

export class WordTable {
  /** How many words are in it. */
  size = 0;
  /** The letters of all words in lower case, one after another. */
  readonly letters: Uint8Array;
  private readonly most: number;
  private readonly mask: number;
  /** Per slot: 1 + the number of the word in it, 0 when it is free. */
  private readonly slots: Uint32Array;
  private readonly starts: Uint32Array;
  private readonly lengths: Uint8Array;
  private used = 0;

  /** Room for `most` words, at most LONGEST_WORD octets each. */
  constructor(most: number, octets = most * 16) {
    this.most = most;
    this.letters = new Uint8Array(octets);
    this.starts = new Uint32Array(most);
    this.lengths = new Uint8Array(most);
    const slots = 2 ** (33 - Math.clz32(most));
    this.mask = slots - 1;
    this.slots = new Uint32Array(slots);
  }

  /** Where the letters of `data[from, to)` begin in `letters`; -1 when the word is not in the table. */
  find(data: Uint8Array, from: number, to: number): number {
    const length = to - from;
    if (length > LONGEST_WORD) return -1;
    const { slots, mask, lengths, starts } = this;
    let slot = this.slotOf(data, from, to);
    // Who knows how words are spread can have them meet: then they are not looked for any further.
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const number = slots[slot];
      if (number === 0) return -1;
      if (lengths[number - 1] === length && this.isSame(data, from, length, starts[number - 1]))
        return starts[number - 1];
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** Adds a word that is not in it and gives its place in `letters`; -1 when there is no room. */
  add(data: Uint8Array, from: number, to: number): number {
    const length = to - from;
    if (length > LONGEST_WORD || this.size === this.most || this.used + length > this.letters.length)
      return -1;
    const { slots, mask } = this;
    let slot = this.slotOf(data, from, to);
    let tries = 0;
    while (slots[slot] !== 0) {
      if (++tries === MOST_TRIES) return -1;
      slot = (slot + 1) & mask;
    }
    const start = this.used;
    for (let i = 0; i < length; i++) this.letters[start + i] = data[from + i] | FOLD;
    this.starts[this.size] = start;
    this.lengths[this.size] = length;
    slots[slot] = ++this.size;
    this.used = start + length;
    return start;
  }

  /** Whether nothing more fits. */
  get isFull(): boolean {
    return this.size === this.most || this.used + LONGEST_WORD > this.letters.length;
  }

  clear(): void {
    this.slots.fill(0);
    this.size = 0;
    this.used = 0;
  }

  private isSame(data: Uint8Array, from: number, length: number, start: number): boolean {
    const { letters } = this;
    for (let i = 0; i < length; i++) if ((data[from + i] | FOLD) !== letters[start + i]) return false;
    return true;
  }

  private slotOf(data: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (data[at] | FOLD), 0x01000193);
    return (hash ^ (hash >>> 15)) & this.mask;
  }
}

/** What tells the cases of a letter apart; digits have it. */
const FOLD = 0x20;
const LONGEST_WORD = 64;
const MOST_TRIES = 64;

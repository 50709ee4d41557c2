// Tokens with what belongs to each: open addressing with linear probing, so that a look makes nothing. Tokens that meet in one slot
// can be made on purpose; what lies beyond a bounded probe goes into a Map, whose hashing of texts is seeded by the engine.
import type { Token } from './token.ts';

export class TokenTable<Value> {
  size = 0;
  private keys = new Float64Array(FIRST_CAPACITY);
  private values: (Value | undefined)[] = empty(FIRST_CAPACITY);
  private mask = FIRST_CAPACITY - 1;
  private readonly beyond = new Map<string, Value>();

  get(token: Token): Value | undefined {
    const slot = this.find(token);
    if (slot >= 0) return this.values[slot];
    return this.beyond.size === 0 ? undefined : this.beyond.get(String(token));
  }

  set(token: Token, value: Value): void {
    const slot = this.find(token);
    if (slot >= 0) this.values[slot] = value;
    else if (this.beyond.size > 0 && this.beyond.has(String(token))) this.beyond.set(String(token), value);
    else {
      if (++this.size * 2 > this.mask) this.grow();
      this.insert(token, value);
    }
  }

  delete(token: Token): void {
    const slot = this.find(token);
    if (slot >= 0) this.close(slot);
    else if (!this.beyond.delete(String(token))) return;
    this.size--;
  }

  private find(token: Token): number {
    const { keys, values, mask } = this;
    let slot = homeOf(token) & mask;
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      if (values[slot] === undefined) return -1;
      if (keys[slot] === token) return slot;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  private insert(token: Token, value: Value): void {
    const { keys, values, mask } = this;
    let slot = homeOf(token) & mask;
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      if (values[slot] === undefined) {
        keys[slot] = token;
        values[slot] = value;
        return;
      }
      slot = (slot + 1) & mask;
    }
    this.beyond.set(String(token), value);
  }

  /** Empties a slot and moves later ones forward, so that no probe ends too early: none stands further from its home than a probe. */
  private close(hole: number): void {
    const { keys, values, mask } = this;
    values[hole] = undefined;
    for (let step = 1, slot = (hole + 1) & mask; step < MAX_PROBES; step++, slot = (slot + 1) & mask) {
      if (values[slot] === undefined) return;
      const home = homeOf(keys[slot]) & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      keys[hole] = keys[slot];
      values[hole] = values[slot];
      values[slot] = undefined;
      hole = slot;
      step = 0;
    }
  }

  private grow(): void {
    const { keys, values } = this;
    const capacity = 2 * keys.length;
    this.keys = new Float64Array(capacity);
    this.values = empty(capacity);
    this.mask = capacity - 1;
    const far = [...this.beyond];
    this.beyond.clear();
    for (let slot = 0; slot < values.length; slot++)
      if (values[slot] !== undefined) this.insert(keys[slot], values[slot]!);
    for (const [token, value] of far) this.insert(Number(token), value);
  }
}

/** The lowest bits of its hash. */
function homeOf(token: Token): number {
  return (token / 32) >>> 0;
}

function empty(capacity: number): undefined[] {
  return new Array<undefined>(capacity).fill(undefined);
}

const FIRST_CAPACITY = 1024;
const MAX_PROBES = 64;

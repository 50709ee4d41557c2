// What is known of numbers of 48 bits, so many at most: the one that was put in first goes. A RecentMap takes three times the room for
// it, and has the garbage collector look through it.
import { TokenTable } from '../../legs/token-table.ts';

export class RecentNumbers<Value> {
  private readonly most: number;
  private readonly onGone: (key: number) => void;
  private table = new TokenTable<Value>();
  /** Keys as they came, round and round. */
  private order = new Float64Array(FIRST_ROOM);
  private oldest = 0;

  /** `onGone` is told of what had to go. */
  constructor(most: number, onGone: (key: number) => void) {
    this.most = most;
    this.onGone = onGone;
  }

  get size(): number {
    return this.table.size;
  }

  get(key: number): Value | undefined {
    return this.table.get(spread(key));
  }

  /** What is there already keeps its place. */
  set(key: number, value: Value): void {
    const { table } = this;
    const before = table.size;
    table.set(spread(key), value);
    if (table.size === before) return;
    if (before === this.most) this.forget();
    else if (before === this.order.length) this.grow();
    this.order[(this.oldest + table.size - 1) % this.order.length] = key;
  }

  /** Each becomes what `next` gives for it; what that is undefined for goes, and `onGone` is not told. */
  update(next: (value: Value) => Value | undefined): void {
    const { table, order, oldest } = this;
    const { size } = table;
    this.table = new TokenTable();
    this.order = new Float64Array(FIRST_ROOM);
    this.oldest = 0;
    for (let at = 0; at < size; at++) {
      const key = order[(oldest + at) % order.length];
      const value = next(table.get(spread(key))!);
      if (value !== undefined) this.set(key, value);
    }
  }

  private forget(): void {
    const key = this.order[this.oldest];
    this.oldest = (this.oldest + 1) % this.order.length;
    this.table.delete(spread(key));
    this.onGone(key);
  }

  private grow(): void {
    const { order, oldest } = this;
    this.order = new Float64Array(2 * order.length);
    for (let at = 0; at < order.length; at++) this.order[at] = order[(oldest + at) % order.length];
    this.oldest = 0;
  }
}

/** Numbers that are near one another lie far apart in the table: the upper 32 bits go below the lower 16, and every bit moves them. */
function spread(key: number): number {
  const low = key % 2 ** 16;
  const high = Math.imul(key / 2 ** 16, 0x9e3779b1);
  const mixed = (high ^ (high >>> 15) ^ Math.imul(low, 0x85ebca6b)) >>> 0;
  return (low * 2 ** 32 + mixed) * 32;
}

const FIRST_ROOM = 1024;

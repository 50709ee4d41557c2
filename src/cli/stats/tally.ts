// Counting things by name, with a cap on the names: what comes after it is counted together.

export class Tally {
  readonly #counts = new Map<string, number>();
  /** Counted under names that found no place. */
  others = 0;
  readonly #limit: number;

  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  add(name: string, amount = 1): void {
    const count = this.#counts.get(name);
    if (count !== undefined) this.#counts.set(name, count + amount);
    else if (this.#counts.size < this.#limit) this.#counts.set(name, amount);
    else this.others += amount;
  }

  /** Most first; equal counts by name. */
  entries(): [string, number][] {
    return [...this.#counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }

  toJSON(): Record<string, number> {
    return Object.fromEntries(this.entries());
  }
}

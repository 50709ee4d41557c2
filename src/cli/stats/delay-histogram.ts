// Delays → how many fall between 1, 2, 5, 10 … milliseconds: steps that look alike on a scale where each is about twice the
// one before.

export interface DelayBar {
  /** Milliseconds: more than `from`, at most `to`; the last has no end. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export class DelayHistogram {
  readonly #counts = new Array<number>(EDGES.length + 1).fill(0);

  add(milliseconds: number): void {
    const bin = EDGES.findIndex((edge) => milliseconds <= edge);
    this.#counts[bin === -1 ? EDGES.length : bin]!++;
  }

  /** From the first that is not empty to the last, those between included. */
  bars(): DelayBar[] {
    const first = this.#counts.findIndex((count) => count > 0);
    if (first === -1) return [];
    const last = this.#counts.findLastIndex((count) => count > 0);
    return this.#counts.slice(first, last + 1).map((count, index) => ({
      from: EDGES[first + index - 1] ?? 0,
      to: EDGES[first + index] ?? Number.POSITIVE_INFINITY,
      count,
    }));
  }
}

const EDGES = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000].flatMap((ten) => [ten, 2 * ten, 5 * ten]);

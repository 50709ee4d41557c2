// Percentiles of delays, over a bounded sample.

/** Keeps at most `limit` values: beyond that, every second one of them is dropped and only every n-th value is taken. */
export class Sample {
  #values: number[] = [];
  #every = 1;
  #skip = 0;
  count = 0;
  readonly #limit: number;

  constructor(limit = 100_000) {
    this.#limit = limit;
  }

  add(value: number): void {
    this.count++;
    if (this.#skip++ % this.#every !== 0) return;
    this.#values.push(value);
    if (this.#values.length < this.#limit) return;
    this.#values = this.#values.filter((_, index) => index % 2 === 0);
    this.#every *= 2;
  }

  /** Smallest, median, 90th, 95th and 99th percentile (nearest rank) and largest; null when nothing was added. */
  summary(): PercentileSummary | null {
    if (this.#values.length === 0) return null;
    const sorted = Float64Array.from(this.#values).sort();
    const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
    return {
      count: this.count,
      min: sorted[0]!,
      p50: rank(0.5),
      p90: rank(0.9),
      p95: rank(0.95),
      p99: rank(0.99),
      max: sorted[sorted.length - 1]!,
    };
  }
}

export interface PercentileSummary {
  readonly count: number;
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

// Spans of time gathered by peer, with their percentiles. Bounded: of very many a fixed share is kept.

export class Spans {
  count = 0;
  private readonly kept: number[] = [];

  /** Milliseconds. */
  add(milliseconds: number): void {
    this.count++;
    if (this.kept.length < MOST) this.kept.push(milliseconds);
    // From here on every place is taken over in turn.
    else this.kept[this.count % MOST] = milliseconds;
  }

  /** The value that `share` (0–1) of the spans do not exceed; NaN when there are none. */
  percentile(share: number): number {
    if (this.kept.length === 0) return Number.NaN;
    const sorted = [...this.kept].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
  }
}

const MOST = 4096;

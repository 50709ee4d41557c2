// Calls by the minute they began in → bars over time. However far apart they are, no more than a bounded number of spans is kept:
// beyond that, two become one.
import type { Call } from '../../dialog/call.ts';

/** `[calls, registrations and the rest]` of each span of `minutes`; the first begins at `start`, seconds since 1970. */
export interface RateBars {
  readonly start: number;
  readonly minutes: number;
  readonly bars: readonly (readonly [calls: number, rest: number])[];
}

export class CallRate {
  #spans = new Map<number, [number, number]>();
  /** Minutes of one span. */
  #minutes = 1;
  readonly #limit: number;

  constructor(limit = 20_000) {
    this.#limit = limit;
  }

  add({ start, kind }: Pick<Call, 'start' | 'kind'>): void {
    this.#count(
      Math.floor(start.seconds / 60 / this.#minutes),
      kind === 'call' ? 1 : 0,
      kind === 'call' ? 0 : 1,
    );
    while (this.#spans.size > this.#limit) this.#coarsen();
  }

  /** At most `most` bars, from the first call to the last; null when there was none. */
  bars(most: number): RateBars | null {
    if (this.#spans.size === 0) return null;
    const keys = [...this.#spans.keys()];
    const first = keys.reduce((a, b) => Math.min(a, b)) * this.#minutes;
    const last = keys.reduce((a, b) => Math.max(a, b)) * this.#minutes;
    let minutes = STEPS.find((step) => step >= this.#minutes && (last - first) / step < most - 1) ?? DAY;
    while ((last - first) / minutes >= most - 1 || minutes < this.#minutes) minutes *= 2;
    const from = Math.floor(first / minutes);
    const bars = Array.from({ length: Math.floor(last / minutes) - from + 1 }, (): [number, number] => [
      0, 0,
    ]);
    for (const [key, [calls, rest]] of this.#spans) {
      const bar = bars[Math.floor((key * this.#minutes) / minutes) - from]!;
      bar[0] += calls;
      bar[1] += rest;
    }
    return { start: from * minutes * 60, minutes, bars };
  }

  #count(span: number, calls: number, rest: number): void {
    const counted = this.#spans.get(span);
    if (counted === undefined) this.#spans.set(span, [calls, rest]);
    else {
      counted[0] += calls;
      counted[1] += rest;
    }
  }

  #coarsen(): void {
    const spans = this.#spans;
    this.#spans = new Map();
    this.#minutes *= 2;
    for (const [span, [calls, rest]] of spans) this.#count(Math.floor(span / 2), calls, rest);
  }
}

const DAY = 1440;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720, DAY];

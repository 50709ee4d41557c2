// Answers of DNS, kept as long as they may be: A and AAAA say how long, NAPTR and SRV do not tell Node. Questions that are asked
// while the same is under way wait for its answer. Bounded: who was asked for first goes first.
import type { Clock } from './clock.ts';

export class DnsCache {
  private readonly clock: Clock;
  private readonly most: number;
  private readonly kept = new Map<string, Kept>();

  constructor(clock: Clock, most = 10_000) {
    this.clock = clock;
    this.most = most;
  }

  get size(): number {
    return this.kept.size;
  }

  /** `ask` gives the records and their life in seconds; rejecting is kept for a while too, as no records. */
  async records<Found>(key: string, ask: () => Promise<Answer<Found>>): Promise<readonly Found[]> {
    const kept = this.kept.get(key);
    if (kept !== undefined && this.clock.now() < kept.until) return kept.records as Promise<readonly Found[]>;
    if (kept === undefined && this.kept.size >= this.most) this.kept.delete(this.kept.keys().next().value!);
    const entry: Kept = { until: Number.POSITIVE_INFINITY, records: NOTHING };
    const keep = ({ records, life }: Answer<Found>): readonly Found[] => {
      const seconds = records.length === 0 ? NEGATIVE : Math.min(Math.max(life, SHORTEST), LONGEST);
      entry.until = this.clock.now() + 1000 * seconds;
      return records;
    };
    const records = ask().then(keep, () => keep({ records: [], life: 0 }));
    entry.records = records;
    this.kept.set(key, entry);
    return records;
  }
}

export interface Answer<Found> {
  readonly records: readonly Found[];
  /** Seconds. */
  readonly life: number;
}

interface Kept {
  until: number;
  records: Promise<readonly unknown[]>;
}

const NOTHING: Promise<readonly unknown[]> = Promise.resolve([]);
/** Seconds. */
const NEGATIVE = 10;
const SHORTEST = 1;
const LONGEST = 3600;

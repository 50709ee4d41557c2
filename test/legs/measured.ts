// Pairs against the truth: precision in each bucket, recall, Brier score.
import { BUCKETS, type Bucket, type LegPair } from '../../src/legs/pair.ts';

export interface Measured {
  /** Pairs of each bucket: right ones and wrong ones. */
  buckets: Record<Bucket, { right: number; wrong: number }>;
  /** Share of the true pairs that were found with a confidence of at least one half. */
  recall: number;
  /** Mean of (confidence − whether it is right)². */
  brier: number;
  wrong: LegPair[];
}

/** `truth` holds `a b` of every true pair, as `key` makes it of a pair that was found. */
export function measure(
  pairs: readonly LegPair[],
  truth: ReadonlySet<string>,
  key: (pair: LegPair) => string = ({ a, b }) => `${a.call.callId} ${b.call.callId}`,
): Measured {
  const buckets = Object.fromEntries(
    BUCKETS.map((name) => [name, { right: 0, wrong: 0 }]),
  ) as Measured['buckets'];
  const found = new Set<string>();
  const wrong: LegPair[] = [];
  let squares = 0;
  for (const pair of pairs) {
    const isRight = truth.has(key(pair));
    buckets[pair.bucket][isRight ? 'right' : 'wrong']++;
    squares += (pair.confidence - (isRight ? 1 : 0)) ** 2;
    if (!isRight) wrong.push(pair);
    else if (pair.confidence >= 0.5) found.add(key(pair));
  }
  return { buckets, recall: found.size / truth.size, brier: squares / Math.max(1, pairs.length), wrong };
}

export function precision({ right, wrong }: { right: number; wrong: number }): number {
  return right + wrong === 0 ? 1 : right / (right + wrong);
}

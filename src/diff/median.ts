// The middle of a list of numbers, and its ends.

export interface Span {
  readonly count: number;
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Null of no numbers; of an even count the mean of the two in the middle. */
export function median(numbers: readonly number[]): number | null {
  return spanOf(numbers)?.median ?? null;
}

export function spanOf(numbers: readonly number[]): Span | null {
  if (numbers.length === 0) return null;
  const sorted = Float64Array.from(numbers).sort();
  const middle = (sorted.length - 1) / 2;
  return {
    count: sorted.length,
    median: (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2,
    lowest: sorted[0]!,
    highest: sorted.at(-1)!,
  };
}

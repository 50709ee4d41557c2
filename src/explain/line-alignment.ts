// Two lists of lines side by side: the longest run of common lines keeps its place (longest common subsequence).

/** A line that both have, or one that only one has: null on the side that lacks it. */
export interface LinePair {
  readonly before: string | null;
  readonly after: string | null;
}

/** A removed line and the one added in its place stand in one pair. Beyond MOST lines the rest is paired by place. */
export function alignLines(before: readonly string[], after: readonly string[]): LinePair[] {
  if (before.length === 0 && after.length === 0) return [];
  if (before.length > MOST || after.length > MOST) return byPlace(before, after);
  const lengths = commonLengths(before, after);
  const pairs: LinePair[] = [];
  let gone: string[] = [];
  let come: string[] = [];
  const flush = (): void => {
    pairs.push(...byPlace(gone, come));
    gone = [];
    come = [];
  };
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      flush();
      pairs.push({ before: before[i++]!, after: after[j++]! });
    } else if (j >= after.length || (i < before.length && lengths[i + 1]![j]! >= lengths[i]![j + 1]!))
      gone.push(before[i++]!);
    else come.push(after[j++]!);
  }
  flush();
  return pairs;
}

/** At [i][j]: how many lines `before` from i and `after` from j have in common, in order. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      rows[i]![j] =
        before[i] === after[j] ? rows[i + 1]![j + 1]! + 1 : Math.max(rows[i + 1]![j]!, rows[i]![j + 1]!);
    }
  }
  return rows;
}

function byPlace(before: readonly string[], after: readonly string[]): LinePair[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => ({
    before: before[index] ?? null,
    after: after[index] ?? null,
  }));
}

const MOST = 1000;

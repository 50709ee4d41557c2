// Two lists, and what it is worth to pair an entry of one with one of the other → the pairs: in the order of both lists, and
// worth most together (a weighted longest common subsequence).

/** A pair of indexes. */
export type Match = readonly [before: number, after: number];

/** 0 where the two never belong together. */
export type Worth = (before: number, after: number) => number;

/**
 * `before` and `after` say what the entries are: they only decide which of several answers is given that are worth the same, so
 * that it does not matter which list comes first. Lists with more than `most` pairs to look at are paired as they come.
 */
export function alignment(
  before: readonly string[],
  after: readonly string[],
  worth: Worth,
  most = MOST,
): Match[] {
  if (comesFirst(before, after)) return inOrder(before.length, after.length, worth, most);
  const matches = inOrder(after.length, before.length, (i, j) => worth(j, i), most);
  return matches.map(([i, j]) => [j, i]);
}

function comesFirst(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return one.length < other.length;
  const at = one.findIndex((name, index) => name !== other[index]);
  return at < 0 || one[at]! < other[at]!;
}

function inOrder(rows: number, columns: number, worth: Worth, most: number): Match[] {
  if (rows * columns > most) return asTheyCome(rows, columns, worth);
  const width = columns + 1;
  // At [i][j]: what is to be had from the entries behind these.
  const best = new Float64Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const here = worth(i, j);
      const paired = here > 0 ? here + best[(i + 1) * width + j + 1]! : 0;
      best[i * width + j] = Math.max(paired, best[(i + 1) * width + j]!, best[i * width + j + 1]!);
    }
  }
  const matches: Match[] = [];
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    const all = best[i * width + j]!;
    const here = worth(i, j);
    if (here > 0 && here + best[(i + 1) * width + j + 1]! === all) matches.push([i++, j++]);
    else if (best[(i + 1) * width + j] === all) i++;
    else j++;
  }
  return matches;
}

function asTheyCome(rows: number, columns: number, worth: Worth): Match[] {
  const matches: Match[] = [];
  for (let i = 0, next = 0; i < rows; i++) {
    const last = Math.min(columns, next + AHEAD);
    for (let j = next; j < last; j++) {
      if (worth(i, j) <= 0) continue;
      matches.push([i, j]);
      next = j + 1;
      break;
    }
  }
  return matches;
}

/** Two lists of a thousand. */
const MOST = 1_000_000;
/** How far is looked for the partner of one that is paired as it comes. */
const AHEAD = 64;

// What the arrows and heads of a ladder need → the distances between its lifelines.
import { hasShaft, type Row } from './drawing.ts';

/** Columns that an arrow's label needs from its one lifeline to the other; 0 for no wish. */
export type GapNeed = number;

/** The distances `least`, widened so that what each row needs fits between its lifelines. */
export function labelGaps(
  rows: readonly Row[],
  rowStart: number,
  rowEnd: number,
  columns: readonly number[],
  least: readonly number[],
  needOf: (row: number) => GapNeed,
): number[] {
  const place = new Map(columns.map((column, index) => [column, index]));
  const gaps = [...least];
  const wide = new Map<number, number>();
  for (let at = rowStart; at < rowEnd; at++) {
    const row = rows[at];
    if (!hasShaft(row)) continue;
    const a = place.get(Math.min(row.from, row.to))!;
    const b = place.get(Math.max(row.from, row.to))!;
    const need = needOf(at);
    if (b === a + 1) gaps[a] = Math.max(gaps[a], need);
    else if (b > a) wide.set(a * columns.length + b, Math.max(wide.get(a * columns.length + b) ?? 0, need));
  }
  // Arrows over several gaps come last: the gaps they pass may be wide enough already.
  for (const [key, need] of wide) {
    const a = Math.floor(key / columns.length);
    const b = key % columns.length;
    let missing = need - sum(gaps.slice(a, b));
    for (let gap = a; gap < b && missing > 0; gap++) {
      const more = Math.ceil(missing / (b - gap));
      gaps[gap] += more;
      missing -= more;
    }
  }
  return gaps;
}

/**
 * The last of `levels` (each at least as wide as the one before) that fits `room`; where it is not the last of all,
 * the room that is left makes the narrow gaps wider, up to the next level. null when not even the first fits.
 */
export function fitGaps(levels: readonly (readonly number[])[], room: number): number[] | null {
  const best = levels.findLastIndex((gaps) => sum(gaps) <= room);
  if (best < 0) return null;
  const gaps = levels[best];
  const next = levels[best + 1] ?? gaps;
  const raised = (to: number): number[] => gaps.map((gap, index) => Math.max(gap, Math.min(next[index], to)));
  let low = 0;
  let high = room;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sum(raised(middle)) <= room) low = middle;
    else high = middle - 1;
  }
  return raised(low);
}

function sum(gaps: readonly number[]): number {
  return gaps.reduce((total, gap) => total + gap, 0);
}

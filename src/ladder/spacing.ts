// What the arrows and heads of a ladder need → the distances between its lifelines.
import type { Row } from './drawing.ts';

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
    if (row.kind !== 'arrow' && row.kind !== 'missing') continue;
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
    let missing = need - gaps.slice(a, b).reduce((sum, gap) => sum + gap, 0);
    for (let gap = a; gap < b && missing > 0; gap++) {
      const more = Math.ceil(missing / (b - gap));
      gaps[gap] += more;
      missing -= more;
    }
  }
  return gaps;
}

/** `most` where it fits `room`, else something between `least` and it that does; null when not even `least` does. */
export function fitGaps(least: readonly number[], most: readonly number[], room: number): number[] | null {
  const lower = least.reduce((sum, gap) => sum + gap, 0);
  const upper = most.reduce((sum, gap) => sum + gap, 0);
  if (upper <= room) return [...most];
  if (lower > room) return null;
  const share = (room - lower) / (upper - lower);
  return least.map((gap, index) => gap + Math.floor((most[index] - gap) * share));
}

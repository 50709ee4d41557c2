// A drawing and a width → where everything stands: lifelines with names at their heads where these fit; else lifelines
// with numbers and a legend; and where even those are too many, bands, each with the columns that its rows need.
import { displayWidth } from './display-width.ts';
import { type Column, type Drawing, hasShaft } from './drawing.ts';
import type { Label } from './label.ts';
import { fitGaps, type GapNeed, labelGaps } from './spacing.ts';

export interface Layout {
  /** Columns are headed by numbers, and arrows say from where to where. */
  readonly numbered: boolean;
  readonly bands: readonly Band[];
  /** Columns that a name or a role may take at a head. */
  readonly headWidth: number;
}

/** A run of rows, and the lifelines beside them. */
export interface Band {
  readonly rowStart: number;
  readonly rowEnd: number;
  /** Columns of the drawing, left to right. */
  readonly columns: readonly number[];
  /** Column of the drawing → column of the line; -1 where the band does not show it. */
  readonly at: readonly number[];
}

/** `labels` by row, null for rows without; `left` is where the first lifeline stands. */
export function layOut(
  drawing: Drawing,
  labels: readonly (Label | null)[],
  names: readonly string[],
  left: number,
  width: number,
): Layout {
  const room = width - left - 1;
  return named(drawing, labels, names, left, room) ?? numbered(drawing, labels, left, room);
}

function named(
  drawing: Drawing,
  labels: readonly (Label | null)[],
  names: readonly string[],
  left: number,
  room: number,
): Layout | null {
  const all = drawing.columns.map((_, index) => index);
  const heads = drawing.columns.map((column, index) => headWidthOf(column, names[index]));
  const widest = Math.max(0, ...heads);
  for (let limit = widest; limit >= Math.min(widest, LEAST_NAME); limit--) {
    if (limit < widest && !distinct(names, limit)) continue;
    const least = headGaps(heads, limit).map((gap) => Math.max(gap, LEAST_NAMED_GAP));
    if (fitGaps([least], room) === null) continue;
    const gaps = fitGaps(gapLevels(drawing, labels, 0, drawing.rows.length, all, least, 0), room);
    if (gaps === null) continue;
    const band = {
      rowStart: 0,
      rowEnd: drawing.rows.length,
      columns: all,
      at: positions(all, all.length, gaps, left),
    };
    return { numbered: false, bands: [band], headWidth: limit };
  }
  return null;
}

function numbered(drawing: Drawing, labels: readonly (Label | null)[], left: number, room: number): Layout {
  const capacity = Math.max(2, Math.floor(room / NUMBERED_GAP) + 1);
  // `12→13 ` before a label.
  const route = 2 * String(drawing.columns.length).length + 3;
  const bands: Band[] = [];
  for (const { rowStart, rowEnd, columns } of split(drawing, capacity)) {
    const least = columns.slice(1).map(() => NUMBERED_GAP);
    const gaps = fitGaps(gapLevels(drawing, labels, rowStart, rowEnd, columns, least, route), room) ?? least;
    bands.push({ rowStart, rowEnd, columns, at: positions(columns, drawing.columns.length, gaps, left) });
  }
  return { numbered: true, bands, headWidth: NUMBERED_GAP - 1 };
}

/** Rows in runs whose arrows need no more than `capacity` columns. When all columns fit there is one run. */
function split(
  drawing: Drawing,
  capacity: number,
): { rowStart: number; rowEnd: number; columns: number[] }[] {
  const rowEnd = drawing.rows.length;
  if (drawing.columns.length <= capacity) {
    return [{ rowStart: 0, rowEnd, columns: drawing.columns.map((_, index) => index) }];
  }
  const runs: { rowStart: number; rowEnd: number; columns: number[] }[] = [];
  let columns = new Set<number>();
  let rowStart = 0;
  for (let row = 0; row < rowEnd; row++) {
    const shown = drawing.rows[row];
    if (!hasShaft(shown)) continue;
    const more = Number(!columns.has(shown.from)) + Number(shown.to !== shown.from && !columns.has(shown.to));
    if (columns.size + more > capacity) {
      runs.push({ rowStart, rowEnd: row, columns: [...columns].sort((a, b) => a - b) });
      columns = new Set();
      rowStart = row;
    }
    columns.add(shown.from).add(shown.to);
  }
  runs.push({ rowStart, rowEnd, columns: [...columns].sort((a, b) => a - b) });
  return runs;
}

function headWidthOf(column: Column, name: string): number {
  return Math.max(displayWidth(name), column.role.length);
}

/** Heads are centred on their lifelines, but the last ends at its own. */
function headGaps(heads: readonly number[], limit: number): number[] {
  return heads.slice(1).map((head, index) => {
    const right = Math.ceil(Math.min(heads[index], limit) / 2);
    const next = Math.min(head, limit);
    return right + (index === heads.length - 2 ? next : Math.floor(next / 2)) + 1;
  });
}

/** Names stay apart when they are cut to `limit`: at both ends some of each is kept. */
function distinct(names: readonly string[], limit: number): boolean {
  const half = Math.floor((limit - 1) / 2);
  const short = names.map((name) =>
    name.length <= limit ? name : `${name.slice(0, half)}…${name.slice(-half)}`,
  );
  return new Set(short).size === names.length;
}

/** Ever wider gaps: for heads only, for names on the shafts, for delays as well, for everything. */
function gapLevels(
  drawing: Drawing,
  labels: readonly (Label | null)[],
  rowStart: number,
  rowEnd: number,
  columns: readonly number[],
  least: readonly number[],
  route: number,
): number[][] {
  const levels = [[...least]];
  for (const needOf of [coreNeed, mainNeed, fullNeed]) {
    const before = levels[levels.length - 1];
    const need = (row: number): number => {
      const label = labels[row];
      return label === null ? 0 : route + needOf(label);
    };
    levels.push(labelGaps(drawing.rows, rowStart, rowEnd, columns, before, need));
  }
  return levels;
}

// Beside a label stand spaces, dashes and the arrow's head.
function coreNeed(label: Label): GapNeed {
  return label.coreWidth + 6;
}

function mainNeed(label: Label): GapNeed {
  return label.mainWidth + 8;
}

function fullNeed(label: Label): GapNeed {
  return label.fullWidth > WIDEST_ON_SHAFT ? 0 : label.fullWidth + 8;
}

function positions(
  columns: readonly number[],
  count: number,
  gaps: readonly number[],
  left: number,
): number[] {
  const at = new Array<number>(count).fill(-1);
  let x = left;
  for (const [index, column] of columns.entries()) {
    at[column] = x;
    x += gaps[index] ?? 0;
  }
  return at;
}

/** Names are cut to no less than this: `192.…1:5060`. */
const LEAST_NAME = 11;
const LEAST_NAMED_GAP = 10;
const NUMBERED_GAP = 5;
const WIDEST_ON_SHAFT = 70;

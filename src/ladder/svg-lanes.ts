// The columns of a drawing and what its arrows need → lanes: where each lifeline stands and what its head says, in pixels.
import { type Column, type Drawing, hasShaft, type Row } from './drawing.ts';
import { printable } from './printable.ts';
import { labelGaps } from './spacing.ts';
import { svgLabel } from './svg-label.ts';
import { textWidth, wrapText } from './text-width.ts';

/** A lifeline with its head. */
export interface Lane {
  readonly x: number;
  /** The head is as wide to either side of the lifeline. */
  readonly half: number;
  readonly name: readonly string[];
  /** Role and addresses, a line each. */
  readonly notes: readonly string[];
}

/** `left` is where the gutter ends. Gives the lanes, and where the last thing drawn ends at the right. */
export function svgLanes({ columns, rows }: Drawing, left: number): { lanes: Lane[]; right: number } {
  const heads = columns.map(headOf);
  // The more columns there are, the earlier a label goes on in another line.
  const most = Math.min(Math.max(ALL_LABELS / columns.length, LABEL_LEAST), LABEL_MOST);
  const least = heads.slice(1).map((head, index) => heads[index]!.half + head.half + BETWEEN);
  for (const row of rows) {
    const from = loopOf(row);
    if (from !== -1 && from < least.length) least[from] = Math.max(least[from]!, loopWidth(row, most));
  }
  const all = columns.map((_, index) => index);
  const gaps = labelGaps(rows, 0, rows.length, all, least, (at) => needOf(rows[at]!, most));
  const lanes: Lane[] = [];
  let x = left + (heads[0]?.half ?? 0);
  for (const [index, head] of heads.entries()) {
    lanes.push({ x, ...head });
    x += gaps[index] ?? 0;
  }
  const last = lanes.at(-1);
  const beyond = rows.map((row) => (loopOf(row) === lanes.length - 1 ? loopWidth(row, most) : 0));
  const widest = beyond.reduce((most, width) => Math.max(most, width), last?.half ?? 0);
  return { lanes, right: (last?.x ?? left) + widest };
}

/** The lane of an arrow from a box to itself; else -1. */
export function loopOf(row: Row): number {
  return hasShaft(row) && row.from === row.to ? row.from : -1;
}

// Whole pixels: what is measured here must fit there.
function loopWidth(row: Row, most: number): number {
  return hasShaft(row) ? LOOP + Math.ceil(svgLabel(row, most).width) + SIDE : 0;
}

function needOf(row: Row, most: number): number {
  return hasShaft(row) ? Math.ceil(svgLabel(row, most).width) + 2 * SIDE : 0;
}

function headOf({ name, addresses, role }: Column): Omit<Lane, 'x'> {
  const title = printable(name.slice(0, 200));
  const ports = addresses.slice(0, ADDRESSES).map((address) => {
    const bare = address === `${name}:${portOf(address)}` || address === `[${name}]:${portOf(address)}`;
    return bare ? `port ${portOf(address)}` : address === name ? '' : printable(address);
  });
  const more = addresses.length - ADDRESSES;
  const notes = [printable(role), ...ports, more > 0 ? `and ${more} more` : ''].filter((note) => note !== '');
  const lines = notes.flatMap((note) => wrapText(note, HEAD_MOST, NOTE_SIZE, 2));
  const names = wrapText(title, HEAD_MOST, NAME_SIZE, 2);
  const width = Math.max(
    HEAD_LEAST,
    ...names.map((line) => textWidth(line, NAME_SIZE) * BOLD),
    ...lines.map((line) => textWidth(line, NOTE_SIZE)),
  );
  return { half: Math.ceil(width / 2) + HEAD_PADDING, name: names, notes: lines };
}

function portOf(address: string): string {
  return address.slice(address.lastIndexOf(':') + 1);
}

/** Pixels: beside a label, and from a lifeline to the label of a loop. */
export const SIDE = 20;
export const LOOP = 46;
/** Font sizes; svg-style.ts has the same. */
const NAME_SIZE = 13;
const NOTE_SIZE = 10.5;
/** What bold adds to a width. */
const BOLD = 1.06;
const LABEL_MOST = 290;
const LABEL_LEAST = 175;
const ALL_LABELS = 1800;
const HEAD_MOST = 180;
const HEAD_LEAST = 64;
const HEAD_PADDING = 12;
const BETWEEN = 16;
const ADDRESSES = 2;

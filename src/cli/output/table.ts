// Tables on a terminal or in a file, drawn by cli-table3. Columns are narrowed, and at last left out, to fit the width.
import Table from 'cli-table3';
import { displayWidth } from '../../ladder/display-width.ts';
import { printable } from '../../ladder/printable.ts';
import type { Output } from './output.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** It is drawn narrower only where nothing is left to leave out, and it holds no numbers. */
  readonly least: number;
  /** 0: never left out; else the higher, the sooner. */
  readonly drop: number;
}

export interface TableOptions {
  readonly colour: boolean;
  /** Columns of the terminal; infinite where nothing limits. */
  readonly width: number;
}

/** A terminal's own width (80 where it says none); a file or a pipe has none. */
export function tableWidth({ isTTY, columns }: { isTTY?: boolean; columns?: number }): number {
  return isTTY ? columns || 80 : Number.POSITIVE_INFINITY;
}

/** Writes the table in pieces, so that a long one needs no memory of its own. Cells are escaped here. */
export async function renderTable(
  output: Output,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { colour, width }: TableOptions,
): Promise<void> {
  const widths = fitWidths(columns, natural(columns, rows), width);
  const shown = columns.map((_, index) => index).filter((index) => widths[index]! > 0);
  const piece = (part: readonly (readonly string[])[], head: boolean): string => {
    const table = new Table({
      ...(head && { head: shown.map((index) => clip(columns[index]!.title, widths[index]!)) }),
      colWidths: shown.map((index) => widths[index]! + GAP),
      colAligns: shown.map((index) => columns[index]!.align ?? 'left'),
      style: {
        head: colour ? ['bold'] : [],
        border: colour ? ['grey'] : [],
        'padding-left': 0,
        'padding-right': GAP,
      },
      chars: PLAIN,
    });
    for (const row of part) table.push(shown.map((index) => clip(printable(row[index]!), widths[index]!)));
    return table
      .toString()
      .split('\n')
      .map((line) => line.replace(PADDING, '$1'))
      .join('\n');
  };
  if (rows.length === 0) output.line(piece([], true));
  for (let at = 0; at < rows.length; at += ROWS_A_PIECE) {
    output.line(piece(rows.slice(at, at + ROWS_A_PIECE), at === 0));
    await output.flush();
  }
}

/** The width of each column's widest cell. */
function natural(columns: readonly Column[], rows: readonly (readonly string[])[]): number[] {
  const widths = columns.map((column) => column.title.length);
  for (const row of rows) {
    for (let index = 0; index < widths.length; index++) {
      const cell = row[index]!;
      if (cell.length * 2 > widths[index]!)
        widths[index] = Math.max(widths[index]!, Math.min(displayWidth(printable(cell)), WIDEST));
    }
  }
  return widths;
}

/** Widths that fit: columns are left out (width 0) where the others would be pressed; then the widest give. */
function fitWidths(columns: readonly Column[], wanted: readonly number[], width: number): number[] {
  const least = columns.map(({ least, title }, index) =>
    Math.min(Math.max(least, title.length), wanted[index]!),
  );
  const easy = least.map((value, index) => Math.min(Math.ceil(value * EASE), wanted[index]!));
  const shown = chosenColumns(columns, easy, width);
  const widths = wanted.map((value, index) => (shown.has(index) ? value : 0));
  let excess = total(widths) - width;
  for (const floor of [
    least,
    least.map((value, index) => (columns[index]!.align === 'right' ? value : Math.min(value, NARROWEST))),
  ]) {
    for (; excess > 0; excess--) {
      const widest = widestAbove(widths, floor);
      if (widest < 0) break;
      widths[widest]!--;
    }
  }
  return widths;
}

/** Those that are never left out, and then each in the order of its worth that still finds room. */
function chosenColumns(columns: readonly Column[], widths: readonly number[], width: number): Set<number> {
  const byWorth = columns.map((_, index) => index).sort((a, b) => columns[a]!.drop - columns[b]!.drop);
  const chosen = new Set<number>();
  for (const index of byWorth) {
    const needed = total(widths.map((value, each) => (each === index || chosen.has(each) ? value : 0)));
    if (columns[index]!.drop === 0 || needed <= width) chosen.add(index);
  }
  return chosen;
}

function widestAbove(widths: readonly number[], floor: readonly number[]): number {
  let widest = -1;
  for (let index = 0; index < widths.length; index++) {
    if (widths[index]! > floor[index]! && (widest < 0 || widths[index]! > widths[widest]!)) widest = index;
  }
  return widest;
}

/** Columns of the terminal that a row takes. */
function total(widths: readonly number[]): number {
  return widths.reduce((sum, value) => sum + (value > 0 ? value + GAP : 0), 0) - GAP;
}

function clip(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let clipped = '';
  let used = 0;
  for (const character of text) {
    const wide = displayWidth(character);
    if (used + wide > width - 1) break;
    clipped += character;
    used += wide;
  }
  return `${clipped}…`;
}

/** Spaces at the end of a row, which may be painted. */
const PADDING = / +((?:\x1b\[\d+m)*)$/;
const GAP = 2;
const NARROWEST = 3;
/** A column may be left out before another has less than so many times what it wants at least. */
const EASE = 1.5;
const ROWS_A_PIECE = 500;
const WIDEST = 120;
const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

// Tables on a terminal or in a file, drawn by cli-table3. Columns are narrowed, and at last left out, to fit the width.
import Table from 'cli-table3';
import stringWidth from 'string-width';
import { printable } from '../ladder/printable.ts';
import type { Output } from './output.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Narrowest it may be drawn. */
  readonly least: number;
  /** 0: never left out; else the higher, the sooner. */
  readonly drop: number;
}

export interface TableOptions {
  readonly colour: boolean;
  /** Columns of the terminal; infinite where nothing limits. */
  readonly width: number;
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
      colWidths: shown.map((index) => widths[index]! + 2),
      colAligns: shown.map((index) => columns[index]!.align ?? 'left'),
      style: {
        head: colour ? ['bold'] : [],
        border: colour ? ['grey'] : [],
        'padding-left': 0,
        'padding-right': 2,
      },
      chars: PLAIN,
    });
    for (const row of part) table.push(shown.map((index) => clip(printable(row[index]!), widths[index]!)));
    return table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd())
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
        widths[index] = Math.max(widths[index]!, Math.min(stringWidth(printable(cell)), WIDEST));
    }
  }
  return widths;
}

/** Widths that fit: the widest columns give first, down to their least; then columns are left out (width 0). */
function fitWidths(columns: readonly Column[], wanted: readonly number[], width: number): number[] {
  const widths = [...wanted];
  const least = columns.map((column, index) =>
    Math.min(Math.max(column.least, column.title.length), wanted[index]!),
  );
  const total = () => widths.reduce((sum, value) => sum + (value > 0 ? value + 2 : 0), 0) - 2;
  const floor = () => widths.reduce((sum, value, index) => sum + (value > 0 ? least[index]! + 2 : 0), 0) - 2;
  while (floor() > width) {
    let next = -1;
    for (let index = 0; index < columns.length; index++) {
      if (
        widths[index]! > 0 &&
        columns[index]!.drop > 0 &&
        (next < 0 || columns[index]!.drop > columns[next]!.drop)
      )
        next = index;
    }
    if (next < 0) break;
    widths[next] = 0;
  }
  for (let excess = total() - width; excess > 0; excess--) {
    let widest = -1;
    for (let index = 0; index < widths.length; index++) {
      if (widths[index]! > least[index]! && (widest < 0 || widths[index]! > widths[widest]!)) widest = index;
    }
    if (widest < 0) break;
    widths[widest]!--;
  }
  return widths;
}

function clip(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let clipped = '';
  let used = 0;
  for (const character of text) {
    const wide = stringWidth(character);
    if (used + wide > width - 1) break;
    clipped += character;
    used += wide;
  }
  return `${clipped}…`;
}

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

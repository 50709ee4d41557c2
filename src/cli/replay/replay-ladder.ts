// A call as predicted and as recorded, its two ladders side by side.
import { displayWidth } from '../../ladder/display-width.ts';
import type { Drawing } from '../../ladder/drawing.ts';
import { renderRows } from '../../ladder/text.ts';
import type { TwoLadders } from '../../replay/two-ladders.ts';
import type { Paint } from '../output/paint.ts';
import type { Sides } from './replay-lines.ts';

export function ladderLines(
  { predicted, recorded, rows }: TwoLadders,
  sides: Sides,
  { width, paint, ascii }: { readonly width: number; readonly paint: Paint; readonly ascii: boolean },
): string[] {
  const half = Math.max(40, Math.floor((width - 3) / 2));
  const [left, right] = [predicted, recorded].map((drawing) => rowsOf(drawing, half, ascii));
  const wall = ascii ? '|' : '┃';
  const lines: string[] = [];
  const join = (one: readonly string[], other: readonly string[], differs: boolean): void => {
    for (let at = 0; at < Math.max(one.length, other.length); at++) {
      const text = `${padded(one[at] ?? '', half)} ${differs ? '!' : wall} ${other[at] ?? ''}`.trimEnd();
      lines.push(differs ? paint.yellow(text) : text);
    }
  };
  join([sides.predicted], [sides.recorded], false);
  join(left!.heads, right!.heads, false);
  for (const [row, { changed, ...has }] of rows.entries())
    join(has.predicted ? left!.rows[row]! : [], has.recorded ? right!.rows[row]! : [], changed);
  return lines;
}

function rowsOf(drawing: Drawing, width: number, ascii: boolean): { heads: string[]; rows: string[][] } {
  const heads: string[] = [];
  const rows: string[][] = [];
  for (const { row, line } of renderRows(drawing, { width, ascii, title: false })) {
    if (row < 0) heads.push(line);
    else {
      rows[row] ??= [];
      rows[row].push(line);
    }
  }
  return { heads, rows };
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

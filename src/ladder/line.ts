// One line of text being drawn: pieces put at columns over one another, then read out as coloured runs.
import { displayWidth, graphemes } from './display-width.ts';
import type { Ink, Palette } from './palette.ts';

export class Line {
  /** What stands in each column; '' is the second half of a wide character. */
  private readonly cells: string[] = [];
  private readonly inks: (Ink | null)[] = [];
  private readonly width: number;

  constructor(width: number) {
    this.width = width;
  }

  /** Puts `text` at column `at`; what would go over the edge is not drawn. Gives the column after it. */
  put(at: number, text: string, ink: Ink | null): number {
    let column = at;
    for (const grapheme of graphemes(text)) {
      const width = displayWidth(grapheme);
      if (column + width > this.width) break;
      if (width === 0) {
        if (column > 0 && this.cells[column - 1] !== undefined)
          this.cells[this.startOf(column - 1)] += grapheme;
        continue;
      }
      this.clear(column);
      this.clear(column + width - 1);
      this.cells[column] = grapheme;
      this.inks[column] = ink;
      for (let rest = 1; rest < width; rest++) {
        this.clear(column + rest);
        this.cells[column + rest] = '';
        this.inks[column + rest] = ink;
      }
      column += width;
    }
    return column;
  }

  /** The line, without spaces at its end. */
  render(palette: Palette): string {
    let out = '';
    let run = '';
    let ink: Ink | null = null;
    let blanks = '';
    for (let column = 0; column < this.cells.length; column++) {
      const cell = this.cells[column] ?? ' ';
      if (cell === ' ') {
        blanks += ' ';
        continue;
      }
      const next = this.inks[column];
      if (next !== ink && cell !== '') {
        if (run !== '') out += ink === null ? run : palette[ink](run);
        out += blanks;
        run = cell;
        ink = next;
      } else {
        run += blanks + cell;
      }
      blanks = '';
    }
    if (run !== '') out += ink === null ? run : palette[ink](run);
    return out;
  }

  /** A wide character loses its other half when one half is drawn over: the half that stays becomes a space. */
  private clear(column: number): void {
    if (this.cells[column] === undefined) return;
    const start = this.startOf(column);
    this.cells[start] = ' ';
    for (let rest = start + 1; this.cells[rest] === ''; rest++) this.cells[rest] = ' ';
  }

  private startOf(column: number): number {
    let start = column;
    while (start > 0 && this.cells[start] === '') start--;
    return start;
  }
}

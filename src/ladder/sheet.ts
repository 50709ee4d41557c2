// What the lines of one band are drawn on: its width, its lifelines, its glyphs.
import type { Glyphs } from './glyphs.ts';
import type { Band } from './layout.ts';
import { Line } from './line.ts';

export class Sheet {
  readonly width: number;
  /** Where the gutter ends and the first lifeline stands. */
  readonly left: number;
  readonly glyphs: Glyphs;
  private readonly band: Band;
  private readonly lifelines: ReadonlySet<number>;

  constructor(band: Band, left: number, width: number, glyphs: Glyphs) {
    this.band = band;
    this.left = left;
    this.width = width;
    this.glyphs = glyphs;
    this.lifelines = new Set(band.columns.map((column) => band.at[column]));
  }

  /** Where a column of the drawing stands. */
  at(column: number): number {
    return this.band.at[column];
  }

  hasLifeline(at: number): boolean {
    return this.lifelines.has(at);
  }

  /** Halfway between the first lifeline and the last. */
  middle(): number {
    return Math.floor((this.left + this.at(this.band.columns[this.band.columns.length - 1] ?? 0)) / 2);
  }

  /** A line with nothing but lifelines. */
  line(glyph: string = this.glyphs.lifeline): Line {
    const line = new Line(this.width);
    for (const at of this.lifelines) line.put(at, glyph, 'lifeline');
    return line;
  }
}

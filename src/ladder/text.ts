// A drawing → lines of text, none wider than asked for, with nothing in them that acts on a terminal but the palette's
// own sequences.
import { arrowLines } from './arrow-lines.ts';
import { displayWidth, shorten } from './display-width.ts';
import { type Drawing, hasShaft, type Row } from './drawing.ts';
import { ASCII, type Glyphs, UNICODE } from './glyphs.ts';
import { Gutter, type TimeMode } from './gutter.ts';
import { columnHeads, legendLines, titleLines } from './head-lines.ts';
import { type Label, labelOf } from './label.ts';
import { layOut } from './layout.ts';
import { Line } from './line.ts';
import { type Ink, NO_COLOURS, type Palette } from './palette.ts';
import { printable } from './printable.ts';
import { Sheet } from './sheet.ts';
import { formatSpan } from './span.ts';

export interface TextOptions {
  /** Columns; 80 unless told, and never less than 40. */
  readonly width?: number;
  /** Nothing but ASCII, names and reasons included. */
  readonly ascii?: boolean;
  /** `relative` unless told. */
  readonly time?: TimeMode;
  /** Packet numbers at the left; true unless told. */
  readonly frames?: boolean;
  /** Title above the drawing; true unless told. */
  readonly title?: boolean;
  readonly palette?: Palette;
}

/** The lines of one ladder, without line ends. */
export function* renderText(drawing: Drawing, options: TextOptions = {}): Generator<string> {
  for (const { line } of renderRows(drawing, options)) yield line;
}

/** The same lines, each with the row of the drawing that it shows; -1 for what stands between rows. */
export function* renderRows(
  drawing: Drawing,
  options: TextOptions = {},
): Generator<{ readonly row: number; readonly line: string }> {
  const { ascii = false, palette = NO_COLOURS } = options;
  const width = Math.max(options.width ?? 80, NARROWEST);
  const glyphs = ascii ? ASCII : UNICODE;
  if (options.title !== false) {
    for (const line of titleLines(drawing.title, width, glyphs, ascii))
      yield { row: -1, line: line.render(palette) };
    yield { row: -1, line: '' };
  }
  const gutter = new Gutter(drawing, options.time ?? 'relative', options.frames ?? true, width < NARROW);
  const names = drawing.columns.map((column) => printable(column.name.slice(0, 200), ascii));
  const labels = drawing.rows.map((row) => (hasShaft(row) ? labelOf(row, glyphs, ascii) : null));
  const layout = layOut(drawing, labels, names, gutter.width, width);
  if (layout.numbered) {
    for (const line of legendLines(drawing, names, width, glyphs))
      yield { row: -1, line: line.render(palette) };
    yield { row: -1, line: '' };
  }
  for (const [index, band] of layout.bands.entries()) {
    if (index > 0) yield { row: -1, line: '' };
    for (const line of columnHeads(drawing, layout, band, names, width, glyphs))
      yield { row: -1, line: line.render(palette) };
    const sheet = new Sheet(band, gutter.width, width, glyphs);
    for (let at = band.rowStart; at < band.rowEnd; at++) {
      const row = drawing.rows[at];
      const lines = rowLines(row, labelAt(labels[at], row, layout.numbered, glyphs), sheet, ascii);
      if (row.kind === 'arrow' || row.kind === 'stream') lines[0].put(0, gutter.text(row), 'gutter');
      for (const line of lines) yield { row: at, line: line.render(palette) };
    }
  }
}

function rowLines(row: Row, label: Label | null, sheet: Sheet, ascii: boolean): Line[] {
  if (hasShaft(row)) return arrowLines(row, label!, sheet);
  if (row.kind === 'remark') {
    const line = new Line(sheet.width);
    const { rule, ellipsis } = sheet.glyphs;
    const text = shorten(printable(row.text.slice(0, 1000), ascii), sheet.width - sheet.left - 4, ellipsis);
    line.put(line.put(sheet.left, `${rule} `, 'lifeline'), text, remarkInk(row));
    return [line];
  }
  const { dots, idle } = sheet.glyphs;
  const text = ` ${dots} ${formatSpan(row.milliseconds)} ${dots} `;
  const line = sheet.line(idle);
  const middle = sheet.middle() - Math.floor(text.length / 2);
  line.put(Math.max(sheet.left + 1, Math.min(middle, sheet.width - text.length)), text, 'silence');
  return [line];
}

function remarkInk({ severity }: Extract<Row, { kind: 'remark' }>): Ink {
  if (severity === undefined) return 'remark';
  return severity === 'error' ? 'mark' : `mark-${severity}`;
}

/** Where columns are headed by numbers, an arrow says from where to where it goes. */
function labelAt(label: Label | null, row: Row, numbered: boolean, glyphs: Glyphs): Label | null {
  if (label === null || !numbered || !hasShaft(row)) return label;
  const main = `${row.from + 1}${glyphs.to}${row.to + 1} ${label.main}`;
  const more = displayWidth(main) - displayWidth(label.main);
  const { coreWidth, mainWidth, fullWidth } = label;
  return {
    ...label,
    main,
    coreWidth: coreWidth + more,
    mainWidth: mainWidth + more,
    fullWidth: fullWidth + more,
  };
}

const NARROWEST = 40;
/** Below this, times are shown in milliseconds. */
const NARROW = 60;

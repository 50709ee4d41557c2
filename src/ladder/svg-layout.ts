// A drawing → where everything stands, in pixels: lanes from left to right, rows from top to bottom.
import type { Arrow, Drawing, Row, Stream } from './drawing.ts';
import { Gutter, type TimeMode } from './gutter.ts';
import { printable } from './printable.ts';
import { formatSpan } from './span.ts';
import { DETAIL_SIZE, LABEL_SIZE, type SvgLabel, svgLabel } from './svg-label.ts';
import { type Lane, LOOP, loopOf, SIDE, svgLanes } from './svg-lanes.ts';
import { wrapText } from './text-width.ts';

export interface SvgLayout {
  readonly width: number;
  /** Where the gutter ends. */
  readonly left: number;
  readonly lanes: readonly Lane[];
  readonly headHeight: number;
  readonly rows: readonly RowBox[];
  readonly rowsHeight: number;
}

export interface RowBox {
  readonly row: Row;
  /** From the top of the rows. */
  readonly top: number;
  readonly height: number;
  /** Of an arrow: its shaft, from the top of the rows. */
  readonly shaft: number;
  /** Of an arrow. */
  readonly label: SvgLabel | null;
  /** `12`, `0.007059` and `+0.16 ms`; '' where there is nothing to say. */
  readonly frame: string;
  readonly time: string;
  readonly delta: string;
  /** Of a remark or a silence. */
  readonly lines: readonly string[];
}

export interface SvgTimes {
  /** `relative` unless told. */
  readonly time?: TimeMode;
  /** Packet numbers at the left; true unless told. */
  readonly frames?: boolean;
}

export function svgLayout(drawing: Drawing, { time = 'relative', frames = true }: SvgTimes): SvgLayout {
  const gutter = new Gutter(drawing, time, frames, false);
  const left = MARGIN + Math.ceil(gutter.width * MONO) + GUTTER_GAP;
  const { lanes, right } = svgLanes(drawing, left);
  const width = Math.max(Math.ceil(right) + MARGIN, NARROWEST);
  const headHeight = Math.max(
    0,
    ...lanes.map(({ name, notes }) => name.length * NAME_LINE + notes.length * NOTE_LINE + HEAD_PADDING),
  );
  const rows: RowBox[] = [];
  let top = 0;
  for (const row of drawing.rows) {
    const box = rowBox(row, top, lanes, width - left - MARGIN);
    const last =
      row.kind === 'arrow' || row.kind === 'stream' ? gutterOf(row, gutter, time, frames) : NO_GUTTER;
    rows.push({ ...box, ...last });
    top += box.height;
  }
  return { width, left, lanes, headHeight, rows, rowsHeight: top };
}

type Placed = Omit<RowBox, 'frame' | 'time' | 'delta'>;

function rowBox(row: Row, top: number, lanes: readonly Lane[], room: number): Placed {
  if (row.kind === 'silence') {
    const lines = [`${formatSpan(row.milliseconds)} without messages`];
    return { row, top, height: SILENCE_HEIGHT, shaft: top, label: null, lines };
  }
  if (row.kind === 'remark') {
    const lines = wrapText(printable(row.text.slice(0, 1000)), room - 2 * SIDE, LABEL_SIZE, 3);
    const height = lines.length * LABEL_LINE + REMARK_PADDING;
    return { row, top, height, shaft: top, label: null, lines };
  }
  const isLoop = loopOf(row) !== -1;
  const next = lanes[row.from + 1];
  const span = isLoop
    ? (next === undefined ? Number.POSITIVE_INFINITY : next.x - lanes[row.from]!.x) - LOOP - SIDE
    : Math.abs(lanes[row.to]!.x - lanes[row.from]!.x) - 2 * SIDE;
  const label = svgLabel(row, Math.min(Math.max(span, LEAST_LABEL), MOST_LABEL));
  const { above, details, marks } = label;
  const below = (details.length + marks.length) * DETAIL_LINE;
  if (isLoop) {
    const text = above.length * LABEL_LINE + below;
    return { row, top, height: Math.max(text, LOOP_HEIGHT) + 14, shaft: top + 12, label, lines: [] };
  }
  const shaft = top + ROW_PADDING + above.length * LABEL_LINE + 4;
  const height = shaft - top + (below === 0 ? 8 : below + 10);
  return { row, top, height, shaft, label, lines: [] };
}

const NO_GUTTER = { frame: '', time: '', delta: '' };

function gutterOf(
  row: Arrow | Stream,
  gutter: Gutter,
  mode: TimeMode,
  frames: boolean,
): Pick<RowBox, 'frame' | 'time' | 'delta'> {
  const text = gutter.text(row).trim();
  const time = text.slice(text.lastIndexOf(' ') + 1);
  const isDelta = mode === 'delta' || row.sincePrevious === 0;
  const span = formatSpan(row.sincePrevious);
  return {
    frame: frames ? String(row.frames[0]) : '',
    time,
    delta: isDelta ? '' : span.startsWith('-') ? span : `+${span}`,
  };
}

/** Pixels. Around everything. */
export const MARGIN = 24;
/** From baseline to baseline. */
export const LABEL_LINE = 16;
export const DETAIL_LINE = DETAIL_SIZE + 3;
export const NAME_LINE = 16;
export const NOTE_LINE = 13;
export const HEAD_PADDING = 16;
export const LOOP_HEIGHT = 14;
const ROW_PADDING = 4;
const SILENCE_HEIGHT = 34;
const REMARK_PADDING = 18;
/** One character of the gutter. */
const MONO = 6.7;
const GUTTER_GAP = 10;
const LEAST_LABEL = 60;
/** An arrow over many lanes has room for a long label, but nobody reads lines without end. */
const MOST_LABEL = 420;
const NARROWEST = 520;

// An arrow's words → lines in pixels: what it is and how long it took above the shaft, what it carries and what is wrong with it
// below.
import { SEVERITIES } from '../capture/severity.ts';
import type { Shaft } from './drawing.ts';
import { UNICODE } from './glyphs.ts';
import { type LabelMark, labelOf } from './label.ts';
import { textWidth, wrapText } from './text-width.ts';

export interface SvgLabel {
  readonly above: readonly SvgLabelLine[];
  readonly details: readonly string[];
  /** A line each. */
  readonly marks: readonly LabelMark[];
  /** Pixels of the widest line. */
  readonly width: number;
}

/** `200 OK (1 INVITE)` and `+180 ms`; either may be ''. */
export interface SvgLabelLine {
  readonly main: string;
  readonly delay: string;
}

/** The label in lines of at most `room` pixels. */
export function svgLabel(row: Shaft, room: number): SvgLabel {
  const { main, delay, details, marks } = labelOf(row, UNICODE, false);
  const again = row.kind === 'arrow' && row.retransmission ? 'sent again' : '';
  const added = [again, delay].filter((word) => word !== '').join(' ');
  const above: SvgLabelLine[] = wrapText(main, room / BOLD, LABEL_SIZE, 2).map((text) => ({
    main: text,
    delay: '',
  }));
  const last = above[above.length - 1] ?? { main: '', delay: '' };
  if (widthOf({ ...last, delay: added }) <= room)
    above[Math.max(above.length - 1, 0)] = { ...last, delay: added };
  else if (added !== '')
    above.push(...wrapText(added, room, DETAIL_SIZE, 1).map((text) => ({ main: '', delay: text })));
  const detailLines = details.slice(0, MOST_DETAILS).flatMap((text) => wrapText(text, room, DETAIL_SIZE, 3));
  if (details.length > MOST_DETAILS) detailLines.push(`and ${details.length - MOST_DETAILS} more`);
  const markLines = SEVERITIES.flatMap((severity) => markLinesOf(marks, severity, room));
  const width = Math.max(
    ...above.map(widthOf),
    ...[...detailLines, ...markLines.map(({ text }) => text)].map((text) => textWidth(text, DETAIL_SIZE)),
  );
  return { above, details: detailLines, marks: markLines, width };
}

function markLinesOf(
  marks: readonly LabelMark[],
  severity: LabelMark['severity'],
  room: number,
): LabelMark[] {
  const texts = marks.filter((mark) => mark.severity === severity).map(({ text }) => text);
  if (texts.length === 0) return [];
  return wrapText(`! ${texts.join(', ')}`, room, DETAIL_SIZE, 3).map((text) => ({ text, severity }));
}

function widthOf({ main, delay }: SvgLabelLine): number {
  const gap = main === '' || delay === '' ? 0 : SPACE;
  return textWidth(main, LABEL_SIZE) * BOLD + gap + textWidth(delay, DETAIL_SIZE);
}

/** Font sizes in pixels; svg-style.ts has the same. */
export const LABEL_SIZE = 13;
export const DETAIL_SIZE = 11;
/** What bold adds to a width. */
const BOLD = 1.06;
const SPACE = 6;
const MOST_DETAILS = 4;

// A drawing → styled lines with the rows they show, at a width; the heads of the columns apart, so that they stay in sight.
import type { Arrow, Drawing } from '../../ladder/drawing.ts';
import type { FlowMedia } from '../../ladder/flow.ts';
import type { TimeMode } from '../../ladder/gutter.ts';
import { ANSI_COLOURS, type Ink, type Palette } from '../../ladder/palette.ts';
import { renderRows } from '../../ladder/text.ts';
import { type Span, type Style, type StyledLine, span } from './styled.ts';

/** How much is told of session descriptions at their arrows. */
export const SDP_DETAILS = ['full', 'first', 'short', 'off'] as const;
export type SdpDetail = (typeof SDP_DETAILS)[number];

/** What the colour of an arrow says. */
export const COLOUR_MODES = ['kind', 'cseq', 'callid'] as const;
export type ColourMode = (typeof COLOUR_MODES)[number];

export interface LadderLook {
  readonly width: number;
  readonly ascii: boolean;
  readonly time: TimeMode;
  readonly sdp: SdpDetail;
  readonly colour: ColourMode;
}

export interface LadderView {
  readonly heads: readonly StyledLine[];
  readonly lines: readonly StyledLine[];
  /** The row of the drawing that each line shows. */
  readonly rows: readonly number[];
}

/** `callIds`: by row of the drawing, for colours by Call-ID. */
export function ladderView(drawing: Drawing, callIds: readonly string[], look: LadderLook): LadderView {
  const rows = drawing.rows.map((row) => (row.kind === 'arrow' ? { ...row, ...sdpOf(row, look.sdp) } : row));
  const heads: StyledLine[] = [];
  const lines: StyledLine[] = [];
  const shown: number[] = [];
  const hues = new Map<string, Style>();
  const options = { ...look, title: false, palette: MARKING };
  for (const { row, line } of renderRows({ ...drawing, rows }, options)) {
    const spans = spansOf(line);
    if (row < 0 && lines.length === 0) heads.push({ spans });
    else {
      lines.push({ spans: recoloured(spans, drawing.rows[row], callIds[row] ?? '', look.colour, hues) });
      shown.push(row);
    }
  }
  return { heads, lines, rows: shown };
}

function sdpOf({ media, label }: Arrow, detail: SdpDetail): { media: readonly FlowMedia[]; label: string } {
  if (media.length === 0 || detail === 'full') return { media, label };
  if (detail === 'first') return { media: media.slice(0, 1), label };
  if (detail === 'off') return { media: [], label: `${label} (SDP)` };
  return { media: [], label: `${label} (SDP ${media.map((one) => one.media).join(',')})` };
}

function recoloured(
  spans: Span[],
  row: Drawing['rows'][number] | undefined,
  callId: string,
  mode: ColourMode,
  hues: Map<string, Style>,
): Span[] {
  if (mode === 'kind' || row?.kind !== 'arrow') return spans;
  const key = mode === 'callid' ? callId : row.cseq.replace(/[^0-9]/g, '');
  let hue = hues.get(key);
  if (hue === undefined) {
    hue = HUES[hues.size % HUES.length]!;
    hues.set(key, hue);
  }
  const style = hue;
  return spans.map((one) => (TONES.has(one.style) ? span(one.text, style) : one));
}

/** A palette that only says what each piece is: with characters that no text has that was made printable. */
const INKS = Object.keys(ANSI_COLOURS) as Ink[];
const BEGIN = '\u{e000}';
const END = '\u{e001}';
const FIRST_INK = 0xe010;
const MARKING = Object.fromEntries(
  INKS.map((ink, index) => [
    ink,
    (text: string) => `${BEGIN}${String.fromCharCode(FIRST_INK + index)}${text}${END}`,
  ]),
) as unknown as Palette;

function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  for (const [, ink, inked, plain] of text.matchAll(PIECES)) {
    if (plain !== undefined) spans.push(span(plain));
    else spans.push(span(inked!, INKS[ink!.charCodeAt(0) - FIRST_INK]!));
  }
  return spans;
}

const PIECES = /\u{e000}(.)([^\u{e001}]*)\u{e001}|([^\u{e000}]+)/gsu;
const HUES: readonly Style[] = ['hue-0', 'hue-1', 'hue-2', 'hue-3', 'hue-4', 'hue-5'];
const TONES: ReadonlySet<Style> = new Set<Style>([
  'request',
  'provisional',
  'success',
  'redirect',
  'failure',
]);

// Lines of a screen before any terminal is known: pieces of text, each with what it is. Texts are safe to print.
import { displayWidth, shorten } from '../../ladder/display-width.ts';
import type { Ink } from '../../ladder/palette.ts';

/** What a piece of text is, which decides how it looks. `hue-…`: one of several things told apart. */
export type Style =
  | Ink
  | 'plain'
  | 'dim'
  | 'bar'
  | 'key'
  | 'head'
  | 'chosen'
  | 'header'
  | 'error'
  | 'warning'
  | 'info'
  | 'added'
  | 'removed'
  | 'field'
  | 'hue-0'
  | 'hue-1'
  | 'hue-2'
  | 'hue-3'
  | 'hue-4'
  | 'hue-5';

export interface Span {
  readonly text: string;
  readonly style: Style;
  /** Light and dark change places: the line of a cursor beside something else. */
  readonly reverse?: boolean;
}

export interface StyledLine {
  readonly spans: readonly Span[];
  /** The line that keys act upon. */
  readonly cursor?: boolean;
}

export function span(text: string, style: Style = 'plain'): Span {
  return { text, style };
}

export function line(...spans: readonly (Span | string)[]): StyledLine {
  return { spans: spans.map((one) => (typeof one === 'string' ? span(one) : one)) };
}

export function lineWidth({ spans }: StyledLine): number {
  return spans.reduce((sum, { text }) => sum + displayWidth(text), 0);
}

/** The line in exactly `width` columns: cut where it is longer, with spaces of `style` where it is shorter. */
export function sized(one: StyledLine, width: number, style: Style = 'plain', ellipsis = ''): StyledLine {
  const spans: Span[] = [];
  let left = width;
  for (const piece of one.spans) {
    if (left <= 0) break;
    const text = shorten(piece.text, left, ellipsis);
    spans.push(text === piece.text ? piece : { ...piece, text });
    left -= displayWidth(text);
  }
  if (left > 0) spans.push({ text: ' '.repeat(left), style });
  return one.cursor === true ? { spans, cursor: true } : { spans };
}

/** `text` in exactly `width` columns. */
export function cell(text: string, width: number, align: 'left' | 'right' = 'left', ellipsis = ''): string {
  const short = shorten(text, width, ellipsis);
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(short)));
  return align === 'right' ? blanks + short : short + blanks;
}

/** Lines of at most `width` columns; words are not kept together: octets are shown as they stand. */
export function wrap(one: StyledLine, width: number): StyledLine[] {
  if (lineWidth(one) <= width) return [one];
  const lines: Span[][] = [[]];
  let left = width;
  for (const piece of one.spans) {
    let rest = piece.text;
    while (rest !== '') {
      if (left <= 0) {
        lines.push([]);
        left = width;
      }
      const part = head(rest, left);
      if (part === '') {
        left = 0;
        if (lines[lines.length - 1]!.length === 0) return [sized(one, width)];
        continue;
      }
      lines[lines.length - 1]!.push({ text: part, style: piece.style });
      left -= displayWidth(part);
      rest = rest.slice(part.length);
    }
  }
  return lines.map((spans) => ({ spans }));
}

/** The text in lines of at most `width` columns, broken between words where that can be. */
export function wordWrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const end = space > 0 ? space : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(space > 0 ? end + 1 : end);
  }
  const last = wrap(line(rest), width).map(({ spans }) => spans.map((one) => one.text).join(''));
  return [...lines, ...last];
}

function head(text: string, width: number): string {
  return shorten(text, width, '');
}

/** `box` drawn over `lines`, its upper left corner at column `x` of line `y`; `width`: of the whole lines. */
export function overlay(
  lines: readonly StyledLine[],
  box: readonly StyledLine[],
  x: number,
  y: number,
  width: number,
): StyledLine[] {
  return lines.map((under, row) => {
    const over = box[row - y];
    if (over === undefined) return under;
    const boxWidth = lineWidth(over);
    const left = sized(under, x).spans.map((one) => span(one.text, 'dim'));
    const right = after(sized(under, width), x + boxWidth).map((one) => span(one.text, 'dim'));
    return { spans: [...left, ...over.spans, ...right] };
  });
}

/** What stands from column `from` on. */
function after({ spans }: StyledLine, from: number): Span[] {
  const out: Span[] = [];
  let at = 0;
  for (const piece of spans) {
    const width = displayWidth(piece.text);
    if (at >= from) out.push(piece);
    else if (at + width > from) {
      const gone = shorten(piece.text, from - at, '');
      // A wide character that is cut in two leaves a blank.
      const blank = at + displayWidth(gone) < from ? 1 : 0;
      const rest = piece.text.slice(gone.length + blank);
      out.push(span(' '.repeat(blank) + rest, piece.style));
    }
    at += width;
  }
  return out;
}

/** Lines in a frame of `width` columns with a title. */
export function boxed(
  title: string,
  lines: readonly StyledLine[],
  width: number,
  ascii: boolean,
): StyledLine[] {
  const [h, v, tl, tr, bl, br] = ascii ? ASCII_BOX : UNICODE_BOX;
  const inside = width - 4;
  const head = shorten(` ${title} `, inside, '');
  const rule = Math.max(0, width - 3 - displayWidth(head));
  return [
    line(span(`${tl}${h}`, 'bar'), span(head, 'bar'), span(`${h.repeat(rule)}${tr}`, 'bar')),
    ...lines.map((one) => {
      const inner = sized(one, inside);
      const spans = inner.spans.map((piece) => (one.cursor === true ? span(piece.text, 'bar') : piece));
      return { spans: [span(`${v} `, 'bar'), ...spans, span(` ${v}`, 'bar')] };
    }),
    line(span(`${bl}${h.repeat(width - 2)}${br}`, 'bar')),
  ];
}

const UNICODE_BOX = ['─', '│', '┌', '┐', '└', '┘'] as const;
const ASCII_BOX = ['-', '|', '+', '+', '+', '+'] as const;

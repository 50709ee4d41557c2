// How wide text is in pixels, where nothing can measure it: the fonts of whoever looks are not known. Estimated by the widest
// of the usual sans-serif fonts, so that what fits here fits there.
import { displayWidth, graphemes } from './display-width.ts';

/** Pixels that printable text takes at most, at a font size in pixels. */
export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const grapheme of graphemes(text)) em += widthOf(grapheme);
  return em * size;
}

/** The text in lines of at most `room` pixels and at most `most` of them; what does not fit ends in an ellipsis. */
export function wrapText(text: string, room: number, size: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (textWidth(rest, size) > room) {
    if (lines.length === most - 1) return [...lines, cut(rest, room, size)];
    const end = breakOf(rest, room, size);
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? lines : [...lines, rest];
}

/** Where the first line of a longer text ends: behind a space if that leaves a third of it, behind a mark, or anywhere. */
function breakOf(text: string, room: number, size: number): number {
  let used = 0;
  let end = 0;
  let space = 0;
  let mark = 0;
  let depth = 0;
  for (const grapheme of graphemes(text)) {
    used += widthOf(grapheme) * size;
    if (used > room && end > 0) {
      if (grapheme === ' ') return end;
      break;
    }
    end += grapheme.length;
    if (grapheme === '(') depth++;
    else if (grapheme === ')') depth--;
    // `(1 INVITE)` stays together.
    if (grapheme === ' ' && depth <= 0) space = end;
    else if (/[,;:@/|=-]/.test(grapheme)) mark = end;
  }
  if (space >= end / 3) return space;
  return mark >= end / 2 ? mark : end;
}

function cut(text: string, room: number, size: number): string {
  let used = ELLIPSIS_WIDTH * size;
  let end = 0;
  for (const grapheme of graphemes(text)) {
    used += widthOf(grapheme) * size;
    if (used > room) break;
    end += grapheme.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}

/** In em. */
function widthOf(grapheme: string): number {
  if (NARROWEST.test(grapheme)) return 0.32;
  if (NARROW.test(grapheme)) return 0.42;
  if (WIDE.test(grapheme)) return 0.98;
  if (UPPER.test(grapheme)) return 0.71;
  if (grapheme.length === 1 && grapheme < '\x7f') return 0.63;
  return displayWidth(grapheme) > 1 ? 1.1 : 0.75;
}

const NARROWEST = /^[ iljI.,:;'|!]$/;
const NARROW = /^[ftr()[\]{}\-/\\"`*]$/;
const WIDE = /^[mwMW@%]$/;
const UPPER = /^[A-Z&]$/;
const ELLIPSIS_WIDTH = 1;

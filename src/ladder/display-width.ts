// Text → the columns it takes on a terminal (Unicode Standard Annex 11, and UAX 29 for what belongs together), and
// shortened to so many. The widths are those of string-width. Text has gone through printable() before.
import { createRequire } from 'node:module';

export function displayWidth(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth()(text);
}

/** The start of `text` that fits `width` columns, ending in `ellipsis` where something had to go. */
export function shorten(text: string, width: number, ellipsis: string): string {
  if (displayWidth(text) <= width) return text;
  return head(text, width - ellipsis.length) + ellipsis.slice(0, Math.max(width, 0));
}

/** Like shorten(), but what goes is in the middle: of an address both ends tell. */
export function shortenMiddle(text: string, width: number, ellipsis: string): string {
  if (displayWidth(text) <= width) return text;
  const room = width - ellipsis.length;
  if (room < 2) return shorten(text, width, ellipsis);
  return head(text, Math.floor(room / 2)) + ellipsis + tail(text, Math.ceil(room / 2));
}

/** What a terminal draws as one character. */
export function graphemes(text: string): Iterable<string> {
  return NARROW.test(text) ? text : segments(text);
}

function* segments(text: string): Generator<string> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(text)) yield segment;
}

function head(text: string, width: number): string {
  let used = 0;
  let out = '';
  for (const grapheme of graphemes(text)) {
    used += displayWidth(grapheme);
    if (used > width) break;
    out += grapheme;
  }
  return out;
}

function tail(text: string, width: number): string {
  let used = 0;
  let out = '';
  for (const grapheme of [...graphemes(text)].reverse()) {
    used += displayWidth(grapheme);
    if (used > width) break;
    out = grapheme + out;
  }
  return out;
}

/** The library, read once there is text that needs it: its tables take as long as a small capture does. */
function stringWidth(): (text: string) => number {
  measure ??= (createRequire(import.meta.url)('string-width') as { default: (text: string) => number })
    .default;
  return measure;
}

/** Letters of Western Europe, dashes, quotes, arrows and the ladder's own glyphs: one column each, and none joins another. */
const NARROW = /^[\x20-\x7e\xa1-\xac\xae-\xff\u2010-\u2027\u2190-\u2193\u2500-\u257f]*$/;
let measure: ((text: string) => number) | undefined;
/** Made when it is needed: that takes as long as the rest of a small capture. */
let segmenter: Intl.Segmenter | undefined;

// Drawings and their messages → one HTML file that stands alone: an arrow opens its message. It loads nothing, sends nothing,
// and its arrows are plain links, so that it works without its script, too.
import type { Drawing } from './drawing.ts';
import { escapeMarkup as e } from './escape-markup.ts';
import { type LadderMessage, messagePanel } from './html-message.ts';
import { LADDER_SCRIPT } from './html-script.ts';
import { LADDER_STYLE } from './html-style.ts';
import { moreText } from './svg.ts';
import { arrowWords, findingWords } from './svg-arrow.ts';
import { svgHeads, svgRows } from './svg-ladder.ts';
import { type SvgTimes, svgLayout } from './svg-layout.ts';
import { SVG_STYLE } from './svg-style.ts';
import { at } from './svg-text.ts';
import { titleHead, titleNotes, titleParties } from './svg-title.ts';

/** A drawing with the messages of its flow, in the same order. */
export interface LadderWithMessages {
  readonly drawing: Drawing;
  readonly messages: readonly LadderMessage[];
}

export interface HtmlOptions extends SvgTimes {
  /** SHA-256 of a text in Base64, for the Content Security Policy. */
  readonly digest: (text: string) => string;
  /** How many more ladders were left out. */
  readonly unseen?: number;
}

export function* renderHtml(ladders: readonly LadderWithMessages[], options: HtmlOptions): Generator<string> {
  const [first] = ladders;
  const title =
    ladders.length === 1 && first !== undefined
      ? titleHead(first.drawing.title)
      : `${ladders.length} SIP ladders`;
  // Nothing is loaded and nothing is sent, whatever the text of a capture tries.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${options.digest(LADDER_SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>SIP ladder: ${e(title)}</title>
<style>${SVG_STYLE}
${LADDER_STYLE}</style></head><body>
`;
  if (ladders.length > 1) yield contents(ladders, title);
  yield '<main>\n';
  for (const [index, ladder] of ladders.entries()) yield* section(ladder, index + 1, options);
  if (options.unseen) yield `<p>${moreText(options.unseen)}</p>\n`;
  yield `</main>\n<script>${LADDER_SCRIPT}</script>\n</body></html>\n`;
}

function contents(ladders: readonly LadderWithMessages[], title: string): string {
  const items = ladders.map(({ drawing }, index) => {
    return `<li><a href="#ladder-${index + 1}">${e(titleHead(drawing.title))}</a> <span class="quiet">${e(titleParties(drawing.title))}</span></li>`;
  });
  return `<header><h1>${e(title)}</h1>\n<ul>${items.join('\n')}</ul></header>\n`;
}

function* section(
  { drawing, messages }: LadderWithMessages,
  number: number,
  options: HtmlOptions,
): Generator<string> {
  const layout = svgLayout(drawing, options);
  const { width, headHeight, rowsHeight } = layout;
  const names = drawing.columns.map(({ name }) => name.slice(0, 200));
  const notes = titleNotes(drawing.title).map((note) => `<p class="quiet">${e(note)}</p>\n`);
  yield `<section id="ladder-${number}"><h2>${e(titleHead(drawing.title))}</h2>
<p>${e(titleParties(drawing.title))}</p>
${notes.join('')}<div class="drawing" style="width:${width}px;max-width:max(100%,${Math.round(width * LEAST_SCALE)}px)">
${svg(width, headHeight + 8, 'heads', 'aria-hidden="true"')}<rect class="paper" width="${width}" height="${headHeight + 8}"/>${svgHeads(layout, 8)}</svg>
${svg(width, rowsHeight + 8, 'rows', 'role="group" aria-label="messages"')}`;
  yield* svgRows(layout, names, (row) => ({ href: `m${number}-${row}`, id: `a${number}-${row}` }));
  yield '</svg></div>\n<aside>\n';
  const arrows = layout.rows.flatMap(({ row }, index) => (row.kind === 'arrow' ? [{ row, index }] : []));
  for (const [place, { row, index }] of arrows.entries()) {
    const anchor = (step: number): string => {
      const other = arrows[place + step];
      return other === undefined ? '' : `m${number}-${other.index}`;
    };
    const texts = row.messages.flatMap((message) => messages[message] ?? []);
    const neighbours = { arrow: `a${number}-${index}`, before: anchor(-1), after: anchor(1) };
    const found = row.findings.map((one) => ({ severity: one.severity, text: findingWords(one) }));
    const name = arrowWords(layout.rows[index]!, names);
    yield messagePanel(`m${number}-${index}`, name, texts, neighbours, found);
  }
  yield '</aside></section>\n';
}

function svg(width: number, height: number, name: string, more: string): string {
  return `<svg class="${name}" width="${width}" height="${at(height)}" viewBox="0 0 ${width} ${at(height)}" ${more}>`;
}

/** A ladder shrinks beside an open message, but not so far that it cannot be read: then it is scrolled. */
const LEAST_SCALE = 0.72;

// Drawings → one SVG picture that stands alone (SVG 2; no script, nothing loaded): one ladder below the other. It follows the
// colour scheme of whoever looks, and says in words what it shows.
import type { Drawing } from './drawing.ts';
import { escapeMarkup as e } from './escape-markup.ts';
import { arrowWords } from './svg-arrow.ts';
import { svgHeads, svgRows } from './svg-ladder.ts';
import { MARGIN, type SvgLayout, type SvgTimes, svgLayout } from './svg-layout.ts';
import { SVG_STYLE } from './svg-style.ts';
import { at, svgText } from './svg-text.ts';
import { type TitleText, titleTexts } from './svg-title.ts';

/** `unseen`: how many more ladders were left out, which the picture says. */
export interface SvgOptions extends SvgTimes {
  readonly unseen?: number;
}

export function* renderSvg(drawings: readonly Drawing[], options: SvgOptions = {}): Generator<string> {
  const ladders = drawings.map((drawing) => ladderOf(drawing, options));
  const unseen = options.unseen ?? 0;
  const width = ladders.reduce((most, { layout }) => Math.max(most, layout.width), 0);
  const height = ladders.reduce((sum, ladder) => sum + ladder.height, MARGIN) + (unseen > 0 ? 40 : 0);
  const title = drawings.length === 1 ? ladders[0]!.texts[0]!.text : `${drawings.length} SIP ladders`;
  yield `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${at(height)}" viewBox="0 0 ${width} ${at(height)}" role="img" aria-labelledby="sipspect-title sipspect-desc">
<title id="sipspect-title">SIP ladder: ${e(title)}</title>
<desc id="sipspect-desc">${e(describe(ladders))}</desc>
<style>${SVG_STYLE}</style>
<rect class="paper" width="${width}" height="${at(height)}"/>
`;
  let y = MARGIN;
  for (const ladder of ladders) {
    yield* svgOf(ladder, y);
    y += ladder.height;
  }
  if (unseen > 0) yield `${svgText(MARGIN, y + 12, 'b ink', moreText(unseen))}\n`;
  yield '</svg>\n';
}

export function moreText(unseen: number): string {
  return `${unseen} more ${unseen === 1 ? 'ladder is' : 'ladders are'} not drawn`;
}

interface Ladder {
  readonly drawing: Drawing;
  readonly layout: SvgLayout;
  readonly texts: readonly TitleText[];
  readonly titleHeight: number;
  /** The heads stand below a long ladder, too. */
  readonly long: boolean;
  readonly height: number;
}

function ladderOf(drawing: Drawing, times: SvgTimes): Ladder {
  const layout = svgLayout(drawing, times);
  const texts = titleTexts(drawing.title, layout.width - 2 * MARGIN);
  const titleHeight = (texts.at(-1)?.y ?? 0) + 18;
  const long = layout.rowsHeight > LONG;
  const height =
    titleHeight + layout.headHeight * (long ? 2 : 1) + layout.rowsHeight + MARGIN + (long ? 8 : 0);
  return { drawing, layout, texts, titleHeight, long, height };
}

function* svgOf({ drawing, layout, texts, titleHeight, long }: Ladder, y: number): Generator<string> {
  yield `<g transform="translate(0 ${at(y)})">\n`;
  yield `${texts.map((text) => svgText(MARGIN, text.y, text.classes, text.text)).join('\n')}\n`;
  yield `${svgHeads(layout, titleHeight)}\n`;
  yield `<g transform="translate(0 ${at(titleHeight + layout.headHeight)})">\n`;
  const names = drawing.columns.map(({ name }) => name.slice(0, 200));
  yield* svgRows(layout, names);
  if (long) yield `${svgHeads(layout, layout.rowsHeight + 8)}\n`;
  yield '</g>\n</g>\n';
}

/** The picture in words, as far as anyone listens. */
function describe(ladders: readonly Ladder[]): string {
  const sentences: string[] = [];
  for (const { drawing, layout, texts } of ladders) {
    sentences.push(texts.map(({ text }) => text).join(', '));
    const names = drawing.columns.map(({ name }) => name.slice(0, 200));
    for (const box of layout.rows) {
      if (sentences.length >= MOST_SENTENCES) return `${sentences.join('. ')} …`;
      sentences.push(box.label === null ? box.lines.join(' ') : arrowWords(box, names));
    }
  }
  return `${sentences.join('. ')}.`;
}

/** Pixels. */
const LONG = 900;
const MOST_SENTENCES = 100;

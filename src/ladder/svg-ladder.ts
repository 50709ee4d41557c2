// The parts of one ladder in SVG: the heads of its columns, and its rows with the lifelines behind them.
import type { Row } from './drawing.ts';
import { escapeMarkup as e } from './escape-markup.ts';
import { arrowWords, svgArrow } from './svg-arrow.ts';
import {
  HEAD_PADDING,
  LABEL_LINE,
  MARGIN,
  NAME_LINE,
  NOTE_LINE,
  type RowBox,
  type SvgLayout,
} from './svg-layout.ts';
import { at, svgText } from './svg-text.ts';

/** What makes an arrow a link; `row` counts the rows of the drawing from 0. */
export type Link = (row: number) => { readonly href: string; readonly id: string };

/** The heads, from `y` down; their lifelines begin where they end. */
export function svgHeads({ lanes, headHeight }: SvgLayout, y: number): string {
  return lanes
    .map(({ x, half, name, notes }) => {
      const box = `<rect class="panel" x="${at(x - half)}" y="${at(y + 0.5)}" width="${at(2 * half)}" height="${headHeight - 1}" rx="6"/>`;
      let line = y + (headHeight - name.length * NAME_LINE - notes.length * NOTE_LINE) / 2 - 4;
      const names = name.map((text) => {
        line += NAME_LINE;
        return svgText(x, line, 'b m ink', text);
      });
      const small = notes.map((text) => {
        line += NOTE_LINE;
        return svgText(x, line, 'n m dim', text);
      });
      return box + names.join('') + small.join('');
    })
    .join('\n');
}

/** The rows, in a system of their own that begins at 0; `names` are those of the columns. */
export function* svgRows(layout: SvgLayout, names: readonly string[], link?: Link): Generator<string> {
  const { lanes, rows, width } = layout;
  const end = lifelineEnd(rows);
  const d = lanes.map(({ x }) => `M${at(x)} 0V${at(end)}`).join('');
  yield `<path class="lane" fill="none" d="${d}"/>\n`;
  for (const [index, box] of rows.entries()) {
    const { row } = box;
    if (row.kind === 'silence') yield silence(box, layout);
    else if (row.kind === 'remark') yield remark(box, layout);
    else {
      const tone = row.kind === 'arrow' ? row.tone : row.kind;
      const words = e(arrowWords(box, names));
      const drawn = svgArrow(box, row, layout);
      if (link === undefined || row.kind !== 'arrow')
        yield `<g class="${tone}"><title>${words}</title>${drawn}</g>\n`;
      else {
        const { href, id } = link(index);
        const hit = `<rect class="hit" x="${MARGIN / 2}" y="${at(box.top)}" width="${at(width - MARGIN)}" height="${at(box.height)}" rx="4"/>`;
        yield `<a class="${tone}" id="${id}" href="#${href}" aria-label="${words}">${hit}${drawn}</a>\n`;
      }
    }
  }
}

/** Lifelines end above what is said of the whole call. */
function lifelineEnd(rows: readonly RowBox[]): number {
  const last = rows.findLast(({ row }: { row: Row }) => row.kind !== 'remark');
  return last === undefined ? 0 : last.top + last.height + 4;
}

function silence({ top, height, lines }: RowBox, { lanes }: SvgLayout): string {
  const y = top + height / 2;
  const gaps = lanes.map(({ x }) => {
    return `<rect class="paper" x="${at(x - 2)}" y="${at(top + 4)}" width="4" height="${height - 8}"/><line x1="${at(x)}" x2="${at(x)}" y1="${at(top + 5)}" y2="${at(top + height - 4)}"/>`;
  });
  const middle = ((lanes[0]?.x ?? 0) + (lanes.at(-1)?.x ?? 0)) / 2;
  return `<g class="silence">${gaps.join('')}${svgText(middle, y + 4, 'label s m dim', lines[0] ?? '')}</g>\n`;
}

function remark({ top, height, lines }: RowBox, { left, width }: SvgLayout): string {
  const box = `<rect class="panel" x="${left}" y="${at(top + 8.5)}" width="${at(width - left - MARGIN)}" height="${at(height - 9)}" rx="6"/>`;
  const texts = lines.map((line, index) =>
    svgText(left + HEAD_PADDING, top + 25.5 + index * LABEL_LINE, 'b ink', line),
  );
  return `<g>${box}${texts.join('')}</g>\n`;
}

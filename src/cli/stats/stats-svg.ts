// The charts of `stats` → one SVG picture that stands alone: two beside one another, the wide ones over both.
import { escapeMarkup as e } from '../../ladder/escape-markup.ts';
import { printable } from '../../ladder/printable.ts';
import { SVG_STYLE } from '../../ladder/svg-style.ts';
import { svgText } from '../../ladder/svg-text.ts';
import { wrapText } from '../../ladder/text-width.ts';
import { type Chart, totalOf } from './chart.ts';
import { drawChart } from './chart-svg.ts';

/** `facts` are lines below the title. */
export function statsSvg(charts: readonly Chart[], facts: readonly string[]): string {
  const lines = facts.flatMap((fact) => wrapText(printable(fact), WIDTH - 2 * MARGIN, 12, 2));
  let y = MARGIN + 30 + lines.length * 16;
  const parts: string[] = [];
  let beside: { readonly height: number } | null = null;
  for (const chart of charts) {
    const width = chart.wide ? WIDTH - 2 * MARGIN : HALF;
    const { svg, height } = drawChart(chart, width);
    if (chart.wide && beside !== null) {
      y += beside.height + GAP;
      beside = null;
    }
    const x: number = beside === null ? MARGIN : MARGIN + HALF + GAP;
    parts.push(`<g transform="translate(${x} ${y})">\n${svg}\n</g>`);
    if (chart.wide) y += height + GAP;
    else if (beside === null) beside = { height };
    else {
      y += Math.max(beside.height, height) + GAP;
      beside = null;
    }
  }
  const height = y + (beside === null ? 0 : beside.height + GAP) + MARGIN - GAP;
  const texts = lines.map((line, index) => svgText(MARGIN, MARGIN + 36 + index * 16, 's dim', line));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="sipspect-title sipspect-desc">
<title id="sipspect-title">SIP statistics</title>
<desc id="sipspect-desc">${e([...facts, ...charts.map(wordsOf)].join('. '))}.</desc>
<style>${SVG_STYLE}</style>
<rect class="paper" width="${WIDTH}" height="${height}"/>
${svgText(MARGIN, MARGIN + 16, 'h ink', 'SIP statistics')}
${texts.join('\n')}
${parts.join('\n')}
</svg>
`;
}

/** `Responses by status: 200 OK 12, 404 Not Found 1`. */
export function wordsOf(chart: Chart): string {
  const bars = chart.bars.filter((bar) => totalOf(bar) > 0).slice(0, 100);
  return `${chart.title}: ${bars.map((bar) => `${bar.name} ${totalOf(bar)}`).join(', ')}`;
}

const WIDTH = 960;
const MARGIN = 24;
const GAP = 16;
const HALF = (WIDTH - 2 * MARGIN - GAP) / 2;

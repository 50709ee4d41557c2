// The charts of `stats` → one HTML page that stands alone, each chart with its numbers as a table. It loads nothing and has no
// script.
import { escapeMarkup as e } from '../../ladder/escape-markup.ts';
import { SVG_STYLE } from '../../ladder/svg-style.ts';
import { type Chart, totalOf } from './chart.ts';
import { drawChart } from './chart-svg.ts';
import { wordsOf } from './stats-svg.ts';

export interface StatsTable {
  readonly title: string;
  readonly heads: readonly string[];
  /** The first of each row is its name. */
  readonly rows: readonly (readonly string[])[];
}

export function statsHtml(
  charts: readonly Chart[],
  facts: readonly string[],
  tables: readonly StatsTable[],
): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>SIP statistics</title>
<style>${SVG_STYLE}
${STYLE}</style></head><body><main>
<h1>SIP statistics</h1>
${facts.map((fact) => `<p class="quiet">${e(fact)}</p>`).join('\n')}
<div class="charts">
${charts.map(figure).join('')}</div>
${tables
  .filter(({ rows }) => rows.length > 0)
  .map((table) => `<h2>${e(table.title)}</h2>\n${tablePart(table)}`)
  .join('\n')}
</main></body></html>
`;
}

function figure(chart: Chart): string {
  const width = chart.wide ? WIDE : NARROW;
  const { svg, height } = drawChart(chart, width);
  const rows = chart.bars.filter((bar) => totalOf(bar) > 0).map((bar) => [bar.name, String(totalOf(bar))]);
  return `<figure${chart.wide ? ' class="wide"' : ''}>
<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${e(wordsOf(chart))}">
${svg}
</svg>
<details><summary>${e(chart.title)}: the numbers</summary>${tablePart({ title: '', heads: chart.heads, rows })}</details>
</figure>
`;
}

function tablePart({ heads, rows }: StatsTable): string {
  const head = heads.map((name, index) => `<th${index === 0 ? '' : ' class="number"'}>${e(name)}</th>`);
  const body = rows.map(([name = '', ...values]) => {
    return `<tr><th scope="row">${e(name)}</th>${values.map((value) => `<td class="number">${e(value)}</td>`).join('')}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2329; --dim: #5c6773; --paper: #fff; --edge: #c3ccd5; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #e3e8ee; --dim: #9aa7b4; --paper: #14181c; --edge: #465260; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 66rem; padding: 1.25rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.35rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 1.75rem 0 .35rem; }
p { margin: .1rem 0; overflow-wrap: anywhere; } .quiet, summary { color: var(--dim); font-size: .83rem; } summary { cursor: pointer; padding: .15rem .5rem; }
.charts { display: grid; grid-template-columns: repeat(2, 1fr); gap: 1rem; align-items: start; margin-top: 1rem; }
figure { margin: 0; min-width: 0; } figure.wide { grid-column: 1 / -1; } svg { display: block; width: 100%; height: auto; }
table { border-collapse: collapse; font-size: .87rem; min-width: 50%; } th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid var(--edge); vertical-align: bottom; }
.scroll { overflow-x: auto; } td { white-space: nowrap; }
tbody th { font-weight: 400; } .number { text-align: right; font-variant-numeric: tabular-nums; }
@media (max-width: 50rem) { .charts { grid-template-columns: 1fr; } }
@media print { body { padding: 0; max-width: none; background: #fff; } figure { break-inside: avoid; } summary { display: none; } }
`;
const WIDE = 912;
const NARROW = 448;

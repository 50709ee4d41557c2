// Charts: histograms, scales, and that names from the wire break nothing.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Chart } from '../../src/cli/stats/chart.ts';
import { drawChart, scaleOf } from '../../src/cli/stats/chart-svg.ts';
import { DelayHistogram } from '../../src/cli/stats/delay-histogram.ts';
import { statsHtml } from '../../src/cli/stats/stats-html.ts';
import { statsSvg } from '../../src/cli/stats/stats-svg.ts';
import { type XmlNode, xmlTree } from '../audit/xml-tree.ts';
import { text } from '../ladder/any-flow.ts';

test('delays fall between 1, 2, 5 and their tens; what is longest has no end', () => {
  const histogram = new DelayHistogram();
  for (const delay of [3, 5, 5.001, 20, 18]) histogram.add(delay);
  expect(histogram.bars()).toEqual([
    { from: 2, to: 5, count: 2 },
    { from: 5, to: 10, count: 1 },
    { from: 10, to: 20, count: 2 },
  ]);
  expect(new DelayHistogram().bars()).toEqual([]);
  const edges = new DelayHistogram();
  for (const delay of [-4, 0, 1, 1e10]) edges.add(delay);
  const bars = edges.bars();
  expect(bars[0]).toEqual({ from: 0, to: 1, count: 3 });
  expect(bars.at(-1)).toEqual({ from: 5_000_000, to: Number.POSITIVE_INFINITY, count: 1 });
  expect(bars.length).toBe(22);
});

test('scales have whole steps of 1, 2 or 5, and few of them', () => {
  expect([0, 1, 2, 5, 6, 10, 11, 49, 50, 51, 123, 99_999].map((most) => scaleOf(most).join(' '))).toEqual([
    '0 1',
    '0 1',
    '0 1 2',
    '0 1 2 3 4 5',
    '0 2 4 6',
    '0 2 4 6 8 10',
    '0 5 10 15',
    '0 10 20 30 40 50',
    '0 10 20 30 40 50',
    '0 20 40 60',
    '0 50 100 150',
    '0 20000 40000 60000 80000 100000',
  ]);
});

test('whatever bars are called, the picture is well-formed and of its own elements', () => {
  const bar = fc.record({
    name: text,
    tick: text,
    parts: fc.array(
      fc.record({ value: fc.nat(), tone: fc.constantFrom('request', 'failure') as fc.Arbitrary<'request'> }),
      { maxLength: 2 },
    ),
  });
  const chart: fc.Arbitrary<Chart> = fc.record({
    title: text,
    note: text,
    direction: fc.constantFrom('across', 'up') as fc.Arbitrary<'up'>,
    bars: fc.array(bar, { minLength: 1, maxLength: 12 }),
    legend: fc.array(fc.record({ name: text, tone: fc.constant('request' as const) }), { maxLength: 2 }),
    wide: fc.boolean(),
    heads: fc.tuple(text, text),
  });
  fc.assert(
    fc.property(fc.array(chart, { maxLength: 4 }), text, (charts, fact) => {
      const svg = xmlTree(statsSvg(charts, [fact]), '');
      expect(namesOf(svg).filter((name) => !DRAWN.has(name))).toEqual([]);
      const html = statsHtml(charts, [fact], [{ title: fact, heads: [fact, fact], rows: [[fact, fact]] }]);
      const main = xmlTree(html.slice(html.indexOf('<main>'), html.indexOf('</body>')), '');
      expect(namesOf(main).filter((name) => !PAGE.has(name))).toEqual([]);
      for (const each of charts) expect(drawChart(each, 400).svg).not.toMatch(/NaN|Infinity/);
    }),
    { numRuns: 100 },
  );
});

function namesOf({ name, children }: XmlNode): string[] {
  return [name, ...children.flatMap(namesOf)];
}

const DRAWN = new Set(['svg', 'title', 'desc', 'style', 'rect', 'g', 'path', 'text']);
const PAGE = new Set(
  'main h1 h2 p div figure svg rect g path text title details summary table thead tbody tr th td'.split(' '),
);

// A chart → SVG: a panel with its title, its bars, and a scale.
import { escapeMarkup as e } from '../../ladder/escape-markup.ts';
import { printable } from '../../ladder/printable.ts';
import { at, svgText } from '../../ladder/svg-text.ts';
import { wrapText } from '../../ladder/text-width.ts';
import { type Chart, type ChartBar, totalOf } from './chart.ts';

export interface DrawnChart {
  readonly height: number;
  /** Drawn from 0, 0. */
  readonly svg: string;
}

export function drawChart(chart: Chart, width: number): DrawnChart {
  const { svg, height } = chart.direction === 'up' ? barsUp(chart, width) : barsAcross(chart, width);
  const panel = `<rect class="panel" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`;
  const title = svgText(PADDING, 26, 'b ink', chart.title);
  const note = wrapText(printable(chart.note), width - 2 * PADDING, NOTE_SIZE, 1)
    .map((text) => svgText(PADDING, 43, 's dim', text))
    .join('');
  return { height, svg: `${panel}\n${title}${note}${legend(chart, width)}\n${svg}` };
}

function legend({ legend: entries }: Chart, width: number): string {
  return entries
    .map(({ name, tone }, index) => {
      const x = width - PADDING - (entries.length - index) * LEGEND;
      return `<g class="${tone}"><rect class="bar" x="${x}" y="16" width="11" height="11" rx="2"/>${svgText(x + 17, 26, 's dim', name)}</g>`;
    })
    .join('');
}

function barsAcross({ bars }: Chart, width: number): DrawnChart {
  const most = largest(bars);
  const room = width - 2 * PADDING - NAMES - VALUES;
  const rows = bars.map((bar, index) => {
    const y = HEAD + index * ROW;
    const total = totalOf(bar);
    const [name = ''] = wrapText(printable(bar.name), NAMES - 10, NOTE_SIZE, 1);
    let x = PADDING + NAMES;
    const parts = bar.parts.map(({ value, tone }) => {
      const length = Math.max((value / most) * room, value > 0 ? 1 : 0);
      const rect = `<rect class="bar ${tone}" x="${at(x)}" y="${y + 3}" width="${at(length)}" height="${ROW - 7}" rx="2"/>`;
      x += length;
      return rect;
    });
    return `<g><title>${e(`${bar.name}: ${total}`)}</title>${svgText(PADDING, y + 15, 's ink', name)}${parts.join('')}${svgText(x + 6, y + 15, 's dim', String(total))}</g>`;
  });
  return { height: HEAD + bars.length * ROW + PADDING, svg: rows.join('\n') };
}

function barsUp({ bars }: Chart, width: number): DrawnChart {
  const top = HEAD + 8;
  const bottom = top + PLOT;
  const scale = scaleOf(largest(bars));
  const upTo = scale.at(-1)!;
  const left = PADDING + SCALE;
  const each = (width - PADDING - left) / bars.length;
  const thick = Math.min(each * (each > 6 ? 0.78 : 1), THICKEST);
  const yOf = (value: number): number => bottom - (value / upTo) * PLOT;
  const grid = scale.map((value) => {
    const y = at(yOf(value));
    return `<path class="grid" fill="none" d="M${left} ${y}H${width - PADDING}"/>${svgText(left - 6, yOf(value) + 4, 'n e dim', String(value))}`;
  });
  let lastTick = Number.NEGATIVE_INFINITY;
  const columns = bars.map((bar, index) => {
    const middle = left + (index + 0.5) * each;
    let value = 0;
    const parts = bar.parts.map((part) => {
      const base = yOf(value);
      value += part.value;
      const height = Math.max(base - yOf(value), part.value > 0 ? 1 : 0);
      return height === 0
        ? ''
        : `<rect class="bar ${part.tone}" x="${at(middle - thick / 2)}" y="${at(base - height)}" width="${at(thick)}" height="${at(height)}"/>`;
    });
    // Ticks that would run into one another are left out.
    const isRoom = bar.tick !== '' && middle - lastTick >= TICK;
    if (isRoom) lastTick = middle;
    const tick = isRoom ? svgText(middle, bottom + 16, 'n m dim', bar.tick) : '';
    return `<g><title>${e(`${bar.name}: ${value}`)}</title>${parts.join('')}${tick}</g>`;
  });
  return { height: bottom + 18 + PADDING, svg: `${grid.join('')}\n${columns.join('\n')}` };
}

function largest(bars: readonly ChartBar[]): number {
  return bars.reduce((most, bar) => Math.max(most, totalOf(bar)), 1);
}

/** Whole numbers from 0 up to at least `most`, in steps of 1, 2 or 5 times a power of ten. */
export function scaleOf(most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  const step = Math.max(
    1,
    [power / 5, power / 2, power, power * 2, power * 5].find((each) => most / each <= 5)!,
  );
  const steps = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}

/** Pixels. */
const PADDING = 18;
const HEAD = 54;
const ROW = 22;
const NAMES = 170;
const VALUES = 56;
const PLOT = 150;
const SCALE = 34;
const THICKEST = 44;
const TICK = 46;
const LEGEND = 90;
const NOTE_SIZE = 11;

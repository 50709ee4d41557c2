// One arrow of a ladder in SVG: shaft, head, label, what it carries, and the packet and times at the left.
import { type Arrow, hasShaft, type Shaft } from './drawing.ts';
import { escapeMarkup as e } from './escape-markup.ts';
import { printable } from './printable.ts';
import type { SvgLabelLine } from './svg-label.ts';
import { LOOP } from './svg-lanes.ts';
import { DETAIL_LINE, LABEL_LINE, LOOP_HEIGHT, MARGIN, type RowBox, type SvgLayout } from './svg-layout.ts';
import { at, svgText } from './svg-text.ts';

export function svgArrow(box: RowBox, row: Shaft, layout: SvgLayout): string {
  const from = layout.lanes[row.from]!.x;
  const to = layout.lanes[row.to]!.x;
  const shape = row.from === row.to ? loop(row, from, box.shaft) : straight(row, from, to, box.shaft);
  return `${guilt(box, row, layout)}${gutter(box, layout)}${labelOf(box, row.from === row.to ? from + LOOP : (from + to) / 2, row)}${shape}`;
}

/** `INVITE (1), packet 1, 0.000000 s, from 192.0.2.1 to proxy, SDP …`: for readers that see no picture. Not escaped. */
export function arrowWords({ row, label, time }: RowBox, names: readonly string[]): string {
  if (!hasShaft(row) || label === null) return '';
  const said = label.above.flatMap(({ main, delay }) => [main, delay]).filter((word) => word !== '');
  const words = [said.join(' '), `from ${names[row.from]} to ${names[row.to]}`];
  if (row.kind === 'arrow') words.push(`at ${time}`, packets(row));
  if (row.kind === 'stream') words.push(`at ${time}`, `packets ${row.frames.join(' to ')}`);
  const marks = label.marks.map(({ text }) => text).join(' ');
  const found = row.kind === 'arrow' ? row.findings.map(findingWords) : [];
  return [...words, label.details.join(' '), marks, ...found].filter((word) => word !== '').join(', ');
}

/** `error: a 2xx to INVITE was not acknowledged [dialog/ack-missing]`. */
export function findingWords({ severity, rule, message }: Arrow['findings'][number]): string {
  return printable(`${severity}: ${message.slice(0, 1000)} [${rule}]`);
}

/** A ground of another colour behind a message that is guilty of more than a remark. */
function guilt({ top, height }: RowBox, row: Shaft, { left, width }: SvgLayout): string {
  const worst = row.kind === 'arrow' ? row.findings[0]?.severity : undefined;
  if (worst === undefined || worst === 'info') return '';
  return `<rect class="guilty-${worst}" x="${at(left - GUTTER_END / 2)}" y="${at(top)}" width="${at(width - left - MARGIN + GUTTER_END)}" height="${at(height)}" rx="4"/>`;
}

function packets({ frames, duplicates }: Arrow): string {
  const list = `${frames.length > 1 ? 'packets' : 'packet'} ${frames.slice(0, 8).join(' ')}`;
  const more = frames.length > 8 ? ` and ${frames.length - 8} more` : '';
  return `${list}${more}${duplicates.length > 0 ? `, seen again in ${duplicates.slice(0, 8).join(' ')}` : ''}`;
}

function straight(row: Shaft, from: number, to: number, y: number): string {
  const forward = to > from ? 1 : -1;
  const tip = to - forward * 1.5;
  const filled = isFilled(row);
  const end = filled ? tip - forward * HEAD : tip - forward;
  return `<path class="shaft" d="M${at(from)} ${at(y)}H${at(end)}"/>${heads(row, tip, y, forward)}`;
}

/** Out of the lifeline at the right, and back into it. */
function loop(row: Shaft, x: number, y: number): string {
  const out = LOOP - 12;
  const shaft = `<path class="shaft" d="M${at(x)} ${at(y)}h${out}v${LOOP_HEIGHT}h${-out + HEAD}"/>`;
  return shaft + heads(row, x + 1.5, y + LOOP_HEIGHT, -1);
}

function isFilled(row: Shaft): boolean {
  return row.kind === 'stream' || (row.kind === 'arrow' && row.request);
}

/** Filled for requests and media, open for responses; three for a retransmission. */
function heads(row: Shaft, tip: number, y: number, forward: number): string {
  const count = row.kind === 'arrow' && row.retransmission ? 3 : 1;
  const back = -forward * HEAD;
  const filled = isFilled(row);
  const each = Array.from({ length: count }, (_, index) => {
    const x = tip - forward * index * NEXT_HEAD;
    return filled
      ? `M${at(x)} ${at(y)}l${back} ${-HALF}v${2 * HALF}z`
      : `M${at(x + back)} ${at(y - HALF)}l${-back} ${HALF}l${back} ${HALF}`;
  });
  return `<path class="${filled ? 'head' : 'open'}" d="${each.join('')}"/>`;
}

function labelOf(box: RowBox, x: number, row: Shaft): string {
  const { above, details, marks } = box.label!;
  const isLoop = row.from === row.to;
  const anchor = isLoop ? '' : ' m';
  let y = isLoop ? box.shaft + 4 - LABEL_LINE : box.shaft - 6 - above.length * LABEL_LINE;
  const out = above.map((line) => {
    y += LABEL_LINE;
    return mainLine(x, y, line, anchor);
  });
  if (!isLoop) y = box.shaft + 1;
  for (const line of details) {
    y += DETAIL_LINE;
    out.push(svgText(x, y, `label s dim${anchor}`, line));
  }
  for (const { text, severity } of marks) {
    y += DETAIL_LINE;
    out.push(svgText(x, y, `label s b ${MARKS[severity]}${anchor}`, text));
  }
  return out.join('');
}

function mainLine(x: number, y: number, { main, delay }: SvgLabelLine, anchor: string): string {
  const gap = main === '' || delay === '' ? '' : ' dx="6"';
  const added = delay === '' ? '' : `<tspan class="s dim"${gap}>${e(delay)}</tspan>`;
  return `<text x="${at(x)}" y="${at(y)}" class="label${anchor}"><tspan class="what">${e(main)}</tspan>${added}</text>`;
}

function gutter({ frame, time, delta, shaft }: RowBox, { left }: SvgLayout): string {
  if (time === '') return '';
  const number = frame === '' ? '' : svgText(FRAME, shaft + 4, 't dim', frame);
  const since = delta === '' ? '' : svgText(left - GUTTER_END, shaft - 10, 'n e dim', delta);
  return `${number}${svgText(left - GUTTER_END, shaft + 4, 't e ink', time)}${since}`;
}

/** Words of svg-style.ts. */
const MARKS = { error: 'mark', warning: 'mark-w', info: 'mark-i' } as const;
/** Pixels. */
const HEAD = 9;
const HALF = 4.5;
const NEXT_HEAD = 7;
const FRAME = 24;
const GUTTER_END = 14;

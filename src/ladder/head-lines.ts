// Title, legend and column heads of a ladder.
import { formatTimestamp } from '../capture/timestamp.ts';
import { displayWidth, shorten, shortenMiddle } from './display-width.ts';
import type { Drawing, Title } from './drawing.ts';
import type { Glyphs } from './glyphs.ts';
import type { Band, Layout } from './layout.ts';
import { Line } from './line.ts';
import type { Ink } from './palette.ts';
import { printable } from './printable.ts';
import { formatSpan } from './span.ts';

/** What and when; between whom; Call-ID. */
export function titleLines(title: Title, width: number, glyphs: Glyphs, ascii: boolean): Line[] {
  const indent = String(title.index).length + 2;
  const facts = [title.kind, title.state, formatSpan(title.milliseconds), countOf(title)];
  const start =
    title.start === null ? '' : `${formatTimestamp(title.start).slice(0, 26).replace('T', ' ')} UTC`;
  const room = width - indent;
  const what = printable(facts.filter((fact) => fact !== '').join('  '), ascii);
  const together = displayWidth(what) + 2 + start.length <= room;
  const half = Math.floor((room - glyphs.to.length - 2) / 2);
  const [from, to] = [title.from, title.to].map((uri) => printable(uri.slice(0, 1000), ascii) || '?');
  const party = (uri: string, other: string): string =>
    shortenMiddle(uri, Math.max(half, 2 * half - displayWidth(other)), glyphs.ellipsis);
  const callId = shorten(`Call-ID ${printable(title.callId.slice(0, 1000), ascii)}`, room, glyphs.ellipsis);
  return [
    line(width, [
      [`${title.index}  `, 'gutter'],
      [
        shorten(printable(facts.filter((fact) => fact !== '').join('  '), ascii), room, glyphs.ellipsis),
        'title',
      ],
    ]),
    ...(together ? [] : [line(width, [[' '.repeat(indent) + start, 'title']])]),
    line(width, [
      [' '.repeat(indent), null],
      [`${party(from, to)} ${glyphs.to} ${party(to, from)}`, 'name'],
    ]),
    ...(title.callId === ''
      ? []
      : [
          line(width, [
            [' '.repeat(indent), null],
            [callId, 'role'],
          ]),
        ]),
    ...title.others.map(({ callId: other, note }) => {
      const words = `and ${printable(other.slice(0, 1000), ascii)}  ${printable(note, ascii)}`;
      return line(width, [
        [' '.repeat(indent), null],
        [shorten(words, room, glyphs.ellipsis), 'role'],
      ]);
    }),
  ];
}

/** The names of numbered columns, as many beside one another as fit. */
export function legendLines(
  drawing: Drawing,
  names: readonly string[],
  width: number,
  glyphs: Glyphs,
): Line[] {
  const digits = String(names.length).length;
  const room = width - digits - 4;
  const entries = names.map((name, index) => {
    const { role } = drawing.columns[index];
    return shortenMiddle(role === '' ? name : `${name} (${role})`, room, glyphs.ellipsis);
  });
  const widest = Math.max(...entries.map(displayWidth)) + digits + 4;
  const across = Math.max(1, Math.floor(width / widest));
  const down = Math.ceil(entries.length / across);
  return Array.from({ length: down }, (_, row) => {
    const out = new Line(width);
    for (let index = row; index < entries.length; index += down) {
      const at = Math.floor(index / down) * widest;
      out.put(at, String(index + 1).padStart(digits), 'name');
      out.put(at + digits + 2, entries[index], 'role');
    }
    return out;
  });
}

/** Over the lifelines: numbers, or names and, where they are known, roles. */
export function columnHeads(
  drawing: Drawing,
  layout: Layout,
  band: Band,
  names: readonly string[],
  width: number,
  glyphs: Glyphs,
): Line[] {
  const heads = new Line(width);
  const roles = new Line(width);
  let anyRole = false;
  for (const column of band.columns) {
    const last = column === band.columns[band.columns.length - 1];
    const put = (line: Line, text: string, ink: Ink): void => {
      const short = shortenMiddle(text, layout.headWidth, glyphs.ellipsis);
      const taken = displayWidth(short);
      const centred = Math.max(0, band.at[column] - Math.floor(taken / 2));
      // The last head ends at its lifeline where there is no room to its right.
      line.put(last ? Math.max(0, Math.min(centred, width - taken)) : centred, short, ink);
    };
    if (layout.numbered) put(heads, String(column + 1), 'name');
    else {
      put(heads, names[column], 'name');
      const { role } = drawing.columns[column];
      anyRole ||= role !== '';
      put(roles, role, 'role');
    }
  }
  return anyRole ? [heads, roles] : [heads];
}

function countOf(title: Title): string {
  const count = `${title.messages} message${title.messages === 1 ? '' : 's'}`;
  return title.duplicates === 0 ? count : `${count} (${title.duplicates} seen twice)`;
}

function line(width: number, words: [string, Ink | null][]): Line {
  const out = new Line(width);
  let column = 0;
  for (const [text, ink] of words) column = out.put(column, text, ink);
  return out;
}

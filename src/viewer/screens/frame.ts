// What every screen has: a line of title at the top and one of keys at the bottom.

import { displayWidth, shorten } from '../../ladder/display-width.ts';
import { printable } from '../../ladder/printable.ts';
import type { State } from '../model/state.ts';
import { line, lineWidth, type Span, type StyledLine, sized, span } from '../model/styled.ts';

export function titleLine(left: string, right: string, columns: number): StyledLine {
  const room = Math.max(0, columns - displayWidth(right) - 1);
  const text = shorten(left, room, '');
  const gap = Math.max(0, columns - displayWidth(text) - displayWidth(right));
  return sized(line(span(text + ' '.repeat(gap) + right, 'bar')), columns, 'bar');
}

/** `[['Enter', 'open'], …]`: as many as fit; a notice takes their place. */
export function keyLine(keys: readonly (readonly [string, string])[], state: State): StyledLine {
  const { columns, notice } = state;
  if (notice !== '') return sized(line(span(printable(notice), 'chosen')), columns);
  const spans: Span[] = [];
  for (const [name, what] of keys) {
    const next = [...spans, span(name, 'key'), span(` ${what}  `)];
    if (lineWidth({ spans: next }) > columns + 1) break;
    spans.splice(0, spans.length, ...next);
  }
  return sized({ spans }, columns);
}

/** The lines in a screen of `rows`: title, body, keys. */
export function framed(
  head: readonly StyledLine[],
  body: readonly StyledLine[],
  foot: StyledLine,
  { columns, rows }: State,
): StyledLine[] {
  const room = Math.max(0, rows - head.length - 1);
  const lines = body.slice(0, room).map((one) => sized(one, columns));
  while (lines.length < room) lines.push(sized(line(), columns));
  return [...head.map((one) => sized(one, columns)), ...lines, foot].slice(0, rows);
}

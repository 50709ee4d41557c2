// A field of a dialog into which text is typed.

import { printable } from '../../ladder/printable.ts';
import type { Key } from '../model/key.ts';
import { cell, line, type StyledLine, span } from '../model/styled.ts';

/** The text after the key; null when the key is none that types. */
export function typed(text: string, { name, text: character }: Key): string | null {
  if (name === 'backspace') return text.slice(0, -1);
  if (name === 'ctrl-u') return '';
  return character === '' ? null : text + character;
}

export function fieldLine(label: string, value: string, focused: boolean, width: number): StyledLine {
  const text = printable(value) + (focused ? '_' : '');
  // The end is what is being typed.
  const shown = text.length > width ? text.slice(text.length - width) : text;
  return line(span(cell(label, LABEL), focused ? 'chosen' : 'plain'), span(cell(shown, width), 'field'));
}

export const LABEL = 14;

// A quoted string of a filter: "…" and '…' with escapes, r"…" without. Escapes that mean nothing keep their backslash,
// so that regular expressions can be written with one or with two.
import { FilterError } from './filter-error.ts';
import type { Token } from './token.ts';

/** Reads the string that begins at `at`. Throws FilterError when it does not end. */
export function readString(text: string, at: number): Token {
  const raw = text[at] === 'r';
  const open = raw ? at + 1 : at;
  const quote = text[open];
  let value = '';
  let i = open + 1;
  while (i < text.length && text[i] !== quote) {
    if (text[i] !== '\\') value += text[i++];
    else if (raw) {
      value += text.slice(i, i + 2);
      i += 2;
    } else {
      ESCAPE.lastIndex = i;
      const sequence = ESCAPE.exec(text)?.[0] ?? text.slice(i, i + 2);
      value += meaning(sequence);
      i += sequence.length;
    }
  }
  if (i >= text.length)
    throw new FilterError('the string has no closing quote', text, at + 1, text.length - at);
  return { kind: 'string', text: value, at, length: i + 1 - at };
}

/** A string as a filter writes it: in double quotes, with the escapes it needs. */
export function quoteString(value: string): string {
  let quoted = '"';
  for (const character of value) {
    const code = character.charCodeAt(0);
    if (character === '"' || character === '\\') quoted += `\\${character}`;
    else if (code < 0x20 || code === 0x7f) quoted += `\\x${code.toString(16).padStart(2, '0')}`;
    else quoted += character;
  }
  return `${quoted}"`;
}

function meaning(sequence: string): string {
  const letter = sequence[1] ?? '';
  const code = sequence.length > 2 ? Number.parseInt(sequence.slice(2), 16) : Number.NaN;
  if (!Number.isNaN(code)) return String.fromCharCode(code);
  return Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : sequence;
}

const ESCAPE = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|[\s\S])/y;

const LETTERS: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  f: '\f',
  v: '\v',
  '0': '\0',
};

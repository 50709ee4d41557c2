// Text of a filter → tokens with their places. Words are field names, numbers, addresses and unquoted strings alike:
// which one it is depends on what it is compared with.
import { FilterError } from './filter-error.ts';
import { readString } from './string-literal.ts';
import type { Token } from './token.ts';

/** Ends with a token of kind `end`. Throws FilterError. */
export function tokenize(text: string): Token[] {
  if (text.length > MAX_LENGTH) {
    throw new FilterError(`a filter may have ${MAX_LENGTH} characters`, text, MAX_LENGTH + 1, 1);
  }
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/.test(text[at])) at++;
    if (at >= text.length) break;
    const token = next(text, at);
    tokens.push(token);
    at = token.at + token.length;
  }
  tokens.push({ kind: 'end', text: '', at: text.length, length: 1 });
  return tokens;
}

function next(text: string, at: number): Token {
  const raw = text[at] === 'r' && text[at + 1] === '"';
  if (raw || text[at] === '"' || text[at] === "'") return readString(text, at);
  const operator = OPERATORS.find((symbol) => text.startsWith(symbol, at));
  if (operator !== undefined) return { kind: 'operator', text: operator, at, length: operator.length };
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0];
  if (word === undefined) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const hint = HINTS[character] ?? 'put text in quotes';
    throw new FilterError(
      `unexpected ${JSON.stringify(character)} (${hint})`,
      text,
      at + 1,
      character.length,
    );
  }
  return { kind: 'word', text: word, at, length: word.length };
}

// A range within a set parts two words: `1..3`.
const WORD = /(?:(?!\.\.)[\w.:\-/+*@%$#;?]|[^\x00-\x7f])+/y;

// The longest first.
const OPERATORS = [
  '!==',
  '===',
  '&&',
  '||',
  '^^',
  '==',
  '!=',
  '>=',
  '<=',
  '..',
  '(',
  ')',
  '{',
  '}',
  ',',
  '>',
  '<',
  '~',
  '!',
];

const HINTS: Readonly<Record<string, string>> = {
  '=': 'equality is ==',
  '&': 'and is &&',
  '|': 'or is ||',
  '^': 'exclusive or is ^^',
  '[': 'slices are not supported',
};

export const MAX_LENGTH = 16_384;

import { expect, it } from 'vitest';
import { closingParenthesis, splitOutside } from '../../src/sip/text/delimited.ts';

it.each([
  ['a,b', ['a', 'b']],
  ['"a,b",c', ['"a,b"', 'c']],
  ['"a\\",b",c', ['"a\\",b"', 'c']],
  ['<sip:a,b>,c', ['<sip:a,b>', 'c']],
  ['"a,b', ['"a', 'b']],
  ['<a,b', ['<a', 'b']],
  [',', ['', '']],
  ['', ['']],
])('%s', (text, expected) => {
  expect(splitOutside(text, ',')).toEqual(expected);
});

it('sees comments only where they are asked for', () => {
  expect(splitOutside('a (b, (c,) d), e', ',', true)).toEqual(['a (b, (c,) d)', ' e']);
  expect(splitOutside('a (b, c)', ',')).toEqual(['a (b', ' c)']);
  expect([closingParenthesis('(a\\)(b))', 0), closingParenthesis('((a)', 0)]).toEqual([7, -1]);
});

it('stays linear on what is never closed', () => {
  const text = '"<('.repeat(100_000);
  expect(splitOutside(text, ',', true)).toEqual([text]);
});

// Patterns with * and ? against text.
import { expect, test } from 'vitest';
import { matchesGlob } from '../../src/policy/glob.ts';

test.each([
  ['im/*', ['im/mixed-offer-not-488', 'im/', 'IM/x'], ['imx', 'record-route/im/', '']],
  ['*', ['', 'anything'], []],
  ['a?c', ['abc', 'a?c'], ['ac', 'abbc']],
  ['*-not-488', ['im/mixed-offer-not-488'], ['im/mixed-offer-not-4880']],
  ['+49*', ['+49301234', '+49'], ['0049301234']],
  ['a*b*c', ['abc', 'aXbYbZc'], ['acb', 'ab']],
  ['', [''], ['a']],
  ['[a].(b)', ['[a].(b)'], ['a.b']],
])('%s', (pattern, inside, outside) => {
  expect(inside.filter((text) => !matchesGlob(pattern, text))).toEqual([]);
  expect(outside.filter((text) => matchesGlob(pattern, text))).toEqual([]);
});

test('stars do not make it slow', () => {
  expect(matchesGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(20_000))).toBe(false);
});

import { expect, test } from 'vitest';
import { parseNumberList } from '../../src/cli/options.ts';

test('numbers and ranges', () => {
  const chosen = parseNumberList('1, 4-6,9', '--index');
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter(chosen)).toEqual([1, 4, 5, 6, 9]);
});

test.each(['', 'x', '1-', '-3', '1,,2', '1.5'])('%j is refused, with what is meant', (text) => {
  expect(() => parseNumberList(text, '--index')).toThrow(
    `--index takes numbers and ranges such as 3 or 1,4-6, not "${text}"`,
  );
});

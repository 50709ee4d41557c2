import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignLines } from '../../src/explain/line-alignment.ts';

test('what is common keeps its place, what was replaced stands side by side', () => {
  expect(alignLines(['v=0', 'o=a', 's=-', 'c=1', 't=0'], ['v=0', 'o=b', 's=-', 't=0', 'a=x'])).toEqual([
    { before: 'v=0', after: 'v=0' },
    { before: 'o=a', after: 'o=b' },
    { before: 's=-', after: 's=-' },
    { before: 'c=1', after: null },
    { before: 't=0', after: 't=0' },
    { before: null, after: 'a=x' },
  ]);
});

test('nothing of nothing', () => {
  expect(alignLines([], [])).toEqual([]);
});

test('each side comes out whole and in order', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const pairs = alignLines(before, after);
      expect(pairs.flatMap((pair) => pair.before ?? [])).toEqual(before);
      expect(pairs.flatMap((pair) => pair.after ?? [])).toEqual(after);
    }),
  );
});

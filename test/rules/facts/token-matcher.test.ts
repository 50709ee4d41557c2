// Words found in one pass are those that a search for each would find.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenMatcher } from '../../../src/rules/facts/token-matcher.ts';

function found(words: readonly string[], text: string): string[] {
  const hits: string[] = [];
  new TokenMatcher(words).search(text, (word, at) => hits.push(`${at} ${words[word]}`));
  return hits.sort();
}

test('words within words, and words that overlap', () => {
  expect(found(['he', 'she', 'his', 'hers'], 'ushers')).toEqual(['1 she', '2 he', '2 hers']);
  expect(found(['aa'], 'aaaa')).toEqual(['0 aa', '1 aa', '2 aa']);
  expect(found([], 'nothing')).toEqual([]);
  expect(found([''], 'nothing')).toEqual([]);
});

test('as a search for each word', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
  fc.assert(
    fc.property(
      fc.uniqueArray(letters, { maxLength: 8 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 60 }),
      (words, text) => {
        const each = words
          .filter((word) => word !== '')
          .flatMap((word) => {
            const hits: string[] = [];
            for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
              hits.push(`${at} ${word}`);
            return hits;
          });
        expect(found(words, text)).toEqual(each.sort());
      },
    ),
  );
});

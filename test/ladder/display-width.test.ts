// Columns of text on a terminal: the short way for common text gives what the library gives.
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { displayWidth, graphemes, shorten, shortenMiddle } from '../../src/ladder/display-width.ts';

test('every character up to the ladder’s own, alone and beside others, is as wide as string-width says', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const wrong: string[] = [];
  for (let code = 0x20; code < 0x2c00; code++) {
    const character = String.fromCodePoint(code);
    // Control characters never come so far (printable()).
    if (/\p{Cc}/u.test(character)) continue;
    for (const text of [character, `a${character}b`, character + character, `→${character}─`]) {
      const segments = [...segmenter.segment(text)].map(({ segment }) => segment);
      if (displayWidth(text) !== stringWidth(text) || [...graphemes(text)].join('|') !== segments.join('|'))
        wrong.push(`U+${code.toString(16)} in ${JSON.stringify(text)}`);
    }
  }
  expect(wrong).toEqual([]);
});

test.each([
  ['plain text', 10, 'plain text', 'plain text'],
  ['plain text', 6, 'plain…', 'pl…ext'],
  ['日本語日本語', 7, '日本語…', '日…語'],
  ['e\u0301e\u0301e\u0301e\u0301', 3, 'e\u0301e\u0301…', 'e\u0301…e\u0301'],
  ['👩‍👩‍👧👩‍👩‍👧', 3, '👩‍👩‍👧…', '…'],
])('%s in %i columns', (text, width, atEnd, inMiddle) => {
  expect(shorten(text, width, '…')).toBe(atEnd);
  expect(shortenMiddle(text, width, '…')).toBe(inMiddle);
});

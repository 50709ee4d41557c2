// Pseudonyms of words: as long, of the same kinds of characters, alike where the words are alike.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pseudonyms } from '../../src/anonymize/pseudonym/pseudonym.ts';
import { KEY, OTHER_KEY } from './anonymized.ts';

function pseudonym(word: string, pseudonyms = new Pseudonyms(KEY)): string {
  const octets = Buffer.from(word);
  const out = Buffer.alloc(octets.length);
  pseudonyms.word(octets, 0, octets.length, out);
  return out.toString();
}

test('the case of letters stays and does not matter', () => {
  const small = pseudonym('alice');
  expect(small).toMatch(/^[a-z]{5}$/);
  expect(pseudonym('ALICE')).toBe(small.toUpperCase());
  expect(pseudonym('Alice')).toBe(small[0].toUpperCase() + small.slice(1));
});

test('words that begin alike have pseudonyms that begin alike, and differ from there', () => {
  expect(pseudonym('alicex').slice(0, 5)).toBe(pseudonym('alice'));
  expect(pseudonym('alicey').slice(0, 5)).toBe(pseudonym('alice'));
  expect(pseudonym('alicey')[5]).not.toBe(pseudonym('alicex')[5]);
});

test('numbers that end alike have pseudonyms that end alike', () => {
  const national = pseudonym('301234567');
  expect(pseudonym('49301234567').slice(2)).toBe(national);
  expect(pseudonym('0049301234567').slice(4)).toBe(national);
  expect(pseudonym('0301234567').slice(1)).toBe(national);
});

test('hexadecimal digits stay hexadecimal', () => {
  expect(pseudonym('a84b4c76e66710')).toMatch(/^[a-f]\d\d[a-f]\d[a-f]\d\d[a-f]\d{5}$/);
});

test('long words go on where the first block ends', () => {
  const long = pseudonym('q'.repeat(200));
  expect(long).toMatch(/^[a-z]{200}$/);
  expect(pseudonym('q'.repeat(100))).toBe(long.slice(0, 100));
  expect(new Set(long).size).toBeGreaterThan(15);
});

const WORD = fc.stringMatching(/^[A-Za-z0-9]{1,80}$/);

test('any word: the same kinds of characters, the same again, another one for another key', () => {
  const one = new Pseudonyms(KEY);
  const other = new Pseudonyms(OTHER_KEY);
  const kinds = (word: string) => word.replace(/[0-9]/g, '0').replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A');
  let same = 0;
  let runs = 0;
  fc.assert(
    fc.property(WORD, (word) => {
      const made = pseudonym(word, one);
      expect(kinds(made)).toBe(kinds(word));
      expect(pseudonym(word)).toBe(made);
      runs++;
      if (word.length > 8 && pseudonym(word, other) === made) same++;
    }),
    { numRuns: 500 },
  );
  expect([runs, same]).toEqual([500, 0]);
});

test('no two words of one kind have the same pseudonym', () => {
  const one = new Pseudonyms(KEY);
  const made = new Set<string>();
  for (let i = 0; i < 10_000; i++) made.add(pseudonym(String(i).padStart(4, '0'), one));
  for (let i = 0; i < 26 ** 3; i++) {
    const letters = [i / 676, i / 26, i].map((part) => String.fromCharCode(97 + (Math.floor(part) % 26)));
    made.add(pseudonym(letters.join(''), one));
  }
  expect(made.size).toBe(10_000 + 26 ** 3);
});

test('more words than are kept: the same pseudonyms after they were forgotten', () => {
  const one = new Pseudonyms(KEY);
  const first = pseudonym('alice', one);
  for (let i = 0; i < 70_000; i++) pseudonym(`w${i}x`, one);
  expect(pseudonym('alice', one)).toBe(first);
});

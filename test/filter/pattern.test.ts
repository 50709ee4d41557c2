import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from '../../src/filter/pattern.ts';

test.each([
  ['abc', 'xABCx', true],
  ['^abc$', 'abcd', false],
  ['a.c', 'a\nc', false],
  ['a|b|', '', true],
  ['(foo|bar)+$', 'xfoobar', true],
  ['^(?:a{2,3}){2}$', 'aaaaaaa', false],
  ['^(?<name>a){2,}$', 'aaa', true],
  ['x{0}y', 'xy', true],
  ['a{,3}', 'a{,3}', true],
  ['[^a-c]', 'aBC', false],
  ['[]a]', ']', true],
  ['[a\\]-]', '-', true],
  ['[\\d\\-x]', 'X', true],
  ['\\bbob\\b', 'sip:bob@x', true],
  ['\\bbob\\b', 'sip:bobo@x', false],
  ['\\Bob', 'bob', true],
  ['\\A\\s\\S\\w\\W\\d\\D\\z', ' xx-1x', true],
  ['\\x41\\u0042\\x{43}\\.', 'abc.', true],
  ['ÄÖ', 'äö', true],
  ['', 'anything', true],
  ['((){99999}){99999}x', 'x', true],
])('%j in %j', (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});

test.each([
  ['a)', 'unmatched )'],
  ['(a', 'a group is not closed'],
  ['[a', 'a class is not closed'],
  ['[b-a]', 'a range of a class is out of order'],
  ['[[:alpha:]]', '[:names:] are not supported'],
  ['*a', 'nothing to repeat before *'],
  ['a++', 'possessive repetition is not supported'],
  ['a{3,2}', 'numbers of a repetition are out of order'],
  ['(?=a)', 'look-around and flags are not supported'],
  ['(?<!a)', 'look-around and flags are not supported'],
  ['(a)\\1', 'references back are not supported'],
  ['\\p', '\\p is not supported'],
  ['a\\', '\\ at the end of the pattern'],
  ['((a{99}){99}){99}', 'the pattern is too large'],
  ['(a{0}b?){99999}', 'the pattern is too large'],
  ['('.repeat(200), 'groups are nested too deep'],
])('bad pattern: %s', (pattern, problem) => {
  expect(compilePattern(pattern)).toBe(`bad pattern: ${problem}`);
});

test('it matches what the language’s own expressions match', () => {
  fc.assert(
    fc.property(
      anyPattern(),
      fc.string({ unit: fc.constantFrom(...'abAB_- 1\n'), maxLength: 10 }),
      (pattern, text) => {
        expect(matches(pattern, text)).toBe(new RegExp(pattern, 'i').test(text));
      },
    ),
    { numRuns: 5000 },
  );
});

test('time is linear in the text for patterns that backtrack', () => {
  const text = `${'a'.repeat(1_000_000)}!`;
  for (const pattern of [
    '(a+)+b',
    '(a|aa)+b',
    'a*a*a*a*b',
    '.*.*.*.*!!',
    '(?:a?){30}a{30}b',
    '(\\w+\\s?)*$b',
  ]) {
    expect(matches(pattern, text)).toBe(false);
  }
});

test('any text is a pattern or has something wrong with it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (pattern, text) => {
      const compiled = compilePattern(pattern);
      if (typeof compiled !== 'string') compiled(text);
    }),
    { numRuns: 2000 },
  );
});

function matches(pattern: string, text: string): boolean {
  const compiled = compilePattern(pattern);
  if (typeof compiled === 'string') throw new Error(compiled);
  return compiled(text);
}

function anyPattern(): fc.Arbitrary<string> {
  const { pattern } = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
    atom: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('a', 'B', '.', '\\w', '\\W', '\\s', '\\d', '[ab]', '[^a]', '[A-Z_]', '1', '_', '\\-'),
      fc.constantFrom('^', '$', '\\b', '\\B'),
      tie('pattern').map((inner) => `(${inner})`),
    ),
    pattern: fc
      .array(fc.tuple(tie('atom'), fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '*?', '|')), {
        minLength: 1,
        maxLength: 4,
      })
      .map((pieces) =>
        pieces
          .map(([atom, suffix]) => (/^(\^|\$|\\b|\\B)$/.test(atom) && suffix !== '|' ? atom : atom + suffix))
          .join(''),
      ),
  }));
  return pattern;
}

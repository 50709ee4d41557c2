// Files made to do harm: each gives errors, or a policy, and soon. What would hang fails by the time limit of the test.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { formatPolicyError } from '../../src/policy/policy-error.ts';

const MOST = 256 * 1024;
/** Enough to show what takes more than linear time, and soon read where none does. */
const MUCH = 24 * 1024;

function fill(piece: string): string {
  return piece.repeat(Math.floor(MUCH / piece.length));
}

/** References nine deep, nine each: 9^9 values. */
const BOMB = Array.from({ length: 10 }, (_, i) =>
  i === 0
    ? 'a0: &a0 x'
    : `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
).join('\n');

test.each([
  ['too large', 'x'.repeat(MOST + 1), '1:1: the file is larger than 256 KiB'],
  ['an alias bomb', BOMB, '2:10: too many aliases (*name): write the values out'],
  ['deep flow lists', fill('['), '1:33: nested too deeply'],
  ['deep flow mappings', fill('{a: '), '1:129: nested too deeply'],
  ['deep lists in a line', fill('- '), '1:65: nested too deeply'],
  ['deep keys', fill('? '), '1:1: keys written with ? are not supported'],
  [
    'deep indentation',
    Array.from({ length: 700 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    '130:1: nested too deeply',
  ],
])('%s', (_, text, said) => {
  const errors = parsePolicy(text, 'f').errors!;
  expect(errors.map((error) => `${error.line}:${error.column}: ${error.message}`)).toEqual([said]);
});

test.each([
  ['many keys', Array.from({ length: 4000 }, (_, i) => `k${i}:`).join('\n'), 100],
  ['many equal keys', fill('name:\n'), 100],
  ['many bad items', `registrars: [${fill('/,').slice(2)}]`, 100],
  ['many quotes', fill('"'), 100],
  ['many anchors', fill('&a '), 100],
  ['many aliases', fill('*a '), 100],
  ['many tags', fill('!a '), 100],
  ['many documents', fill('---\n'), 1],
  ['many comments', fill('#\n'), 1],
  ['an endless string', `"${fill(' ')}`, 1],
  ['NUL', '\0', 1],
  ['an alias in itself', 'registered: &a [*a]', 1],
  ['one address, many times', `adjacencies: [{name: a, local: [${fill('1.1.1.1,')}]}]`, 100],
  [
    'many adjacencies, many wrong references',
    `adjacencies:\n${Array.from({ length: 1000 }, (_, i) => `- {name: a${i}}\n`).join('')}routes:\n${Array.from({ length: 1000 }, (_, i) => `- {adjacency: b${i}}\n`).join('')}`,
    100,
  ],
])('%s', (_, text, count) => {
  const errors = parsePolicy(text, 'f').errors!;
  expect(errors).toHaveLength(count);
  for (const error of errors) expect(formatPolicyError(error).length).toBeLessThan(600);
});

test('any text is a policy or has errors within it', () => {
  const word = fc.constantFrom(
    'adjacencies',
    'name',
    'cac',
    'rules',
    'local',
    ': ',
    '- ',
    '\n',
    '  ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '&a ',
    '*a',
    '"',
    "'",
    '|\n',
    '? ',
    '#',
    '!!',
    '10.0.0.1',
    'true',
    '%',
    '\t',
    '\r',
    '\u2028',
    '---\n',
    '__proto__',
    'null',
    '1e999',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof({ weight: 5, arbitrary: word }, fc.string()), { maxLength: 30 }).map((a) => a.join('')),
  );
  fc.assert(
    fc.property(text, (input) => {
      const { policy, errors } = parsePolicy(input, 'f');
      if (errors === undefined) return policy !== undefined;
      const lines = input.split('\n');
      return (
        errors.length > 0 &&
        errors.every(
          ({ line, column, length, source }) =>
            line >= 1 && line <= lines.length && column >= 1 && column <= source.length + 1 && length >= 1,
        )
      );
    }),
    { numRuns: 500 },
  );
});

test('any octets are a policy or have errors', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (octets) => {
      const { policy, errors } = parsePolicy(octets, 'f');
      return (policy === undefined) !== (errors === undefined);
    }),
    { numRuns: 500 },
  );
});

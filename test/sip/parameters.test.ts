// Parameters are read by two ways, one for plain tokens and one for all: both say the same. White space sends them the long way.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseParameters } from '../../src/sip/uri/parameters.ts';

test.each([';', '&', ','])('the short way says what the long one says, parted by %s', (separator) => {
  const piece = fc.oneof(
    fc.constantFrom('lr', 'transport=tcp', 'branch=z9hG4bK-1.2~3', 'a==b', '=', '=a', 'a=', '', 'ä=1', 'a=ä'),
    fc.constantFrom('received=192.0.2.1', 'x=[2001:db8::1]', 'a="b"', 'a=<b', 'a=b;c', 'a,b', 'a&b', 'a=(b'),
    fc.string({ maxLength: 6, unit: fc.constantFrom(...'aZ09-._=;&,%"<>(){}[]/:@^`~|$\\\t ') }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const text = pieces.join(separator);
      expect(parseParameters(text, separator)).toEqual(parseParameters(`${text} `, separator));
    }),
    { numRuns: 2000 },
  );
});

test('more than anybody writes are cut off', () => {
  const many = Array.from({ length: 300 }, (_, index) => `p${index}=1`).join(';');
  expect(parseParameters(many).size).toBe(256);
  expect([parseParameters('LR;Tag=x').get('tag'), parseParameters('a;b').get('c')]).toEqual(['x', undefined]);
});

// A parser that remembers gives what the parser gives, and mostly does not ask it twice.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { remembered } from '../../src/sip/remembered.ts';

test('the same as without remembering, however many texts share its places', () => {
  const text = fc.oneof(fc.constantFrom('', 'a', 'ab', 'ba', 'x'.repeat(600)), fc.string({ maxLength: 40 }));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 100 }), fc.constantFrom(1, 2, 32), (texts, places) => {
      const parse = (one: string) => (one.length % 3 === 0 ? undefined : `${one}!`);
      const parser = remembered(parse, places);
      expect(texts.map(parser)).toEqual(texts.map(parse));
    }),
  );
});

test('what was asked lately is not parsed again, unless it is long', () => {
  const asked: string[] = [];
  const parser = remembered((text) => {
    asked.push(text);
    return { text };
  });
  const vias = ['SIP/2.0/UDP a;branch=z9hG4bK1', 'SIP/2.0/UDP a;branch=z9hG4bK2', 'v'.repeat(513)];
  const first = vias.map(parser);
  const again = vias.map(parser);
  expect(again.map((one, at) => one === first[at])).toEqual([true, true, false]);
  expect(asked).toEqual([...vias, vias[2]]);
});

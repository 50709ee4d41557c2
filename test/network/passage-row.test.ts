// Ways that messages came reach another thread as they were.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Passage } from '../../src/network/passage.ts';
import { PassageWriter, readPassages } from '../../src/network/passage-row.ts';

const text = fc.constantFrom('', 'a@b', '…');
const passages: fc.Arbitrary<Passage> = fc.record({
  tunnel: fc.constantFrom('vxlan a→b vni 0x1', 'hep a→b agent 7'),
  hep: fc.option(
    fc.record({
      version: fc.integer({ min: 1, max: 3 }),
      agent: fc.option(fc.nat(2)),
      correlationId: text,
      node: text,
    }),
  ),
});

test('each message has the one that it was written with', () => {
  fc.assert(
    fc.property(fc.array(fc.array(passages)), (slots) => {
      const writer = new PassageWriter();
      for (const slot of slots) {
        const numbers = slot.map((passage) => writer.numberOf(passage));
        const read = readPassages(structuredClone(writer.take()));
        expect(numbers.map((number) => read[number])).toEqual(slot);
        expect(Math.max(-1, ...numbers)).toBe(read.length - 1);
      }
    }),
  );
});

test('messages in a row that came the same way need one', () => {
  const writer = new PassageWriter();
  const same = (): Passage => ({
    tunnel: 't',
    hep: { version: 3, agent: 1, correlationId: 'c', node: 'n' },
  });
  expect([same(), same(), { tunnel: 't', hep: null }].map((one) => writer.numberOf(one))).toEqual([0, 0, 1]);
});

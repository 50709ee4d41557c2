// Looking at four octets at a time finds what looking at each finds.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { controlAt, octetAt, wordsOf } from '../../src/sip/text/octet-words.ts';

const cases = fc.tuple(
  fc.array(fc.oneof(fc.nat(255), fc.constantFrom(9, 10, 13, 14, 62, 0x80, 0x8d, 0xff)), { maxLength: 40 }),
  fc.nat(40),
  fc.nat(40),
);

test('the first control character up to CR', () => {
  fc.assert(
    fc.property(cases, ([octets, from, to]) => {
      const data = Buffer.from(octets);
      const limit = Math.min(to, data.length);
      const at = Math.min(from, limit);
      const found = octets.findIndex((octet, index) => index >= at && index < limit && octet <= 13);
      expect(controlAt(data, wordsOf(data), at, limit)).toBe(found < 0 ? limit : found);
    }),
  );
});

test('the first of an octet', () => {
  fc.assert(
    fc.property(cases, fc.constantFrom(0, 13, 62, 255), ([octets, from, to], octet) => {
      const data = Buffer.from(octets);
      const limit = Math.min(to, data.length);
      const at = Math.min(from, limit);
      const found = octets.findIndex((other, index) => index >= at && index < limit && other === octet);
      expect(octetAt(data, wordsOf(data), at, limit, octet)).toBe(found < 0 ? limit : found);
    }),
  );
});

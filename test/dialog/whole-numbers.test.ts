// Numbers come back as they were written, in as few octets as they need.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberReader, NumberWriter } from '../../src/dialog/kept/whole-numbers.ts';

test('whole numbers of any size, and fractions', () => {
  const whole = fc.oneof(
    fc.nat(300),
    fc.integer({ min: 0, max: 2 ** 53 - 1 }),
    fc.constantFrom(2 ** 31, 2 ** 32 - 1),
  );
  const signed = fc.oneof(fc.integer(), fc.constantFrom(-1, -(2 ** 31), 2 ** 40, -(2 ** 40)));
  const double = fc.double({ noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(whole, signed, double), { maxLength: 300 }), (numbers) => {
      const writer = new NumberWriter();
      for (const [a, b, c] of numbers) {
        writer.write(a);
        writer.writeSigned(b);
        writer.writeDouble(c);
      }
      const reader = new NumberReader(writer.octets, 0);
      expect(numbers.map(() => [reader.read(), reader.readSigned(), reader.readDouble()])).toEqual(numbers);
      expect(reader.at).toBe(writer.used);
    }),
  );
});

test('small ones take an octet, frames and seconds as many as they have', () => {
  const writer = new NumberWriter();
  const sizes = [0, 127, 128, 657_743, 1_767_603_600, 2 ** 53 - 1].map((value) => {
    const before = writer.used;
    writer.write(value);
    return writer.used - before;
  });
  expect(sizes).toEqual([1, 1, 2, 3, 5, 8]);
});

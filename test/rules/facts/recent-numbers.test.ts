// It says what a RecentMap of the same numbers says, and lets go of the same ones.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecentMap } from '../../../src/rules/facts/recent-map.ts';
import { RecentNumbers } from '../../../src/rules/facts/recent-numbers.ts';

test('the same as a map that forgets', () => {
  const key = fc.oneof(
    fc.nat(30),
    fc.nat(60).map((at) => 0xc0000201 * 65_536 + 30_000 + 2 * at),
    fc.nat(60).map((at) => (0x0a000000 + at) * 65_536 + 5060),
  );
  const step = fc.record({ key, value: fc.integer({ min: 1, max: 2 ** 32 - 1 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), fc.integer({ min: 1, max: 100 }), (steps, most) => {
      const gone: number[] = [];
      const alsoGone: number[] = [];
      const numbers = new RecentNumbers<number>(most, (one) => gone.push(one));
      const map = new RecentMap<number, { key: number; value: number }>(most, (one) =>
        alsoGone.push(one.key),
      );
      for (const { key, value } of steps) {
        numbers.set(key, value);
        map.set(key, { key, value });
        expect(numbers.size).toBe(map.size);
      }
      expect(gone).toEqual(alsoGone);
      for (const { key } of steps) expect(numbers.get(key)).toBe(map.get(key)?.value);
    }),
  );
});

test('thousands of ports of one address', () => {
  const gone: number[] = [];
  const numbers = new RecentNumbers<number>(5000, (one) => gone.push(one));
  const key = (at: number) => 0x0a000001 * 65_536 + at;
  for (let at = 1; at <= 20_000; at++) numbers.set(key(at), at);
  expect([numbers.size, gone.length, gone[0], numbers.get(key(15_000))]).toEqual([
    ...[5000, 15_000],
    ...[key(1), undefined],
  ]);
  for (let at = 15_001; at <= 20_000; at++) expect(numbers.get(key(at))).toBe(at);
});

test('what is not kept goes without a word, and the others keep their order', () => {
  const gone: number[] = [];
  const numbers = new RecentNumbers<number>(100, (one) => gone.push(one));
  for (let key = 1; key <= 150; key++) numbers.set(key, key);
  gone.length = 0;
  numbers.update((value) => (value % 5 === 0 ? undefined : -value));
  expect([numbers.size, numbers.get(51), numbers.get(55), numbers.get(149)]).toEqual([
    ...[80, -51],
    ...[undefined, -149],
  ]);
  for (let key = 151; key <= 173; key++) numbers.set(key, key);
  expect([numbers.size, gone]).toEqual([100, [51, 52, 53]]);
});

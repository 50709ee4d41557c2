import { expect, test } from 'vitest';
import { token } from '../../src/legs/token.ts';
import { TokenTable } from '../../src/legs/token-table.ts';

test('what was put in is there until it is taken out', () => {
  const table = new TokenTable<number>();
  const known = new Map<number, number>();
  // 3,000 values of 32 kinds of collisions at least: slots are filled, left and filled again.
  for (let round = 0; round < 6; round++) {
    for (let index = 0; index < 3000; index++) {
      const one = token(index % 2 === 0 ? 'call' : 'tag', `value ${(index * 7919) % 4001}`);
      if ((index + round) % 3 === 0) {
        table.delete(one);
        known.delete(one);
      } else {
        table.set(one, index + round);
        known.set(one, index + round);
      }
    }
  }
  const all = [...known];
  expect([table.size, all.every(([one, value]) => table.get(one) === value)]).toEqual([known.size, true]);
  expect([table.get(token('call', 'another')), table.get(token('tag', 'another'))]).toEqual([
    undefined,
    undefined,
  ]);
  for (const [one] of all) table.delete(one);
  expect([table.size, all.some(([one]) => table.get(one) !== undefined)]).toEqual([0, false]);
});

test('tokens that meet in one slot, made on purpose', () => {
  const table = new TokenTable<number>();
  // The same lowest 32 bits of hash.
  const tokens = Array.from({ length: 5000 }, (_, index) => (index * 2 ** 32 + 5) * 32);
  for (const [index, one] of tokens.entries()) table.set(one, index);
  expect(tokens.map((one) => table.get(one))).toEqual(tokens.map((_, index) => index));
  for (const [index, one] of tokens.entries()) if (index % 2 === 0) table.delete(one);
  for (const [index, one] of tokens.entries()) if (index % 4 === 0) table.set(one, -index);
  const left = tokens.map((_, index) => (index % 4 === 0 ? -index : index % 2 === 0 ? undefined : index));
  expect([table.size, tokens.map((one) => table.get(one))]).toEqual([3750, left]);
});

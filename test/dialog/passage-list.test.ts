// Ways that messages came: each has one number, few or many of them.
import { expect, test } from 'vitest';
import { PassageList } from '../../src/dialog/kept/passage-list.ts';
import type { Passage } from '../../src/network/passage.ts';

function passage(tunnel: string, over: Partial<NonNullable<Passage['hep']>> | null = null): Passage {
  const hep = over && { version: 3, agent: 1, correlationId: '', node: '', ...over };
  return { tunnel, hep };
}

const DIFFERENT = [
  passage('a'),
  passage('b'),
  passage('a', {}),
  passage('a', { version: 2 }),
  passage('a', { agent: null }),
  passage('a', { node: 'x', correlationId: 'y' }),
  passage('a', { node: 'xy' }),
  passage('a', { correlationId: 'xy' }),
];

test.each([0, 100])('each once, after %i others', (others) => {
  const list = new PassageList(others > 0 ? passage('other 0') : DIFFERENT[0]!);
  for (let i = 0; i < others; i++) list.numberOf(passage(`other ${i}`));
  const numbers = DIFFERENT.map((_, index) => others + index);
  expect(DIFFERENT.map((one) => list.numberOf(one))).toEqual(numbers);
  expect(DIFFERENT.map((one) => list.numberOf(structuredClone(one)))).toEqual(numbers);
  expect(list.all.slice(others)).toEqual(DIFFERENT);
});

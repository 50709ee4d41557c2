import { expect, test } from 'vitest';
import { RecentMap } from '../../../src/rules/facts/recent-map.ts';

test('the entry that was put in first goes first', () => {
  const map = new RecentMap<string, number>(3);
  for (const [index, key] of [...'abc'].entries()) map.set(key, index);
  map.set('a', 9).set('d', 3);
  expect([...map]).toEqual([
    ['b', 1],
    ['c', 2],
    ['d', 3],
  ]);
  map.delete('b');
  map.set('b', 4).set('e', 5).delete('d');
  expect([...map]).toEqual([
    ['b', 4],
    ['e', 5],
  ]);
  map.set('f', 6).set('g', 7);
  expect([...map.keys()]).toEqual(['e', 'f', 'g']);
  map.clear();
  for (let n = 0; n < 100; n++) map.set(String(n), n);
  expect([...map.keys()]).toEqual(['97', '98', '99']);
});

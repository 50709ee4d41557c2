import { expect, test } from 'vitest';
import { PackedList } from '../../src/audit/packed-list.ts';

test('what was put in comes out, in order', () => {
  const list = new PackedList<object>();
  expect(list.all()).toEqual([]);
  const entries = Array.from({ length: 700 }, (_, index) => {
    return { index, text: `ä\u2028"\\ ${index}`, none: null, list: [index, { nested: true }] };
  });
  for (const entry of entries) list.push(entry);
  expect([list.length, list.all()]).toEqual([700, entries]);
});

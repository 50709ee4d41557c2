import { expect, test } from 'vitest';
import type { AuditFinding } from '../../src/audit/audit-finding.ts';
import { asFound, FoundList, worstFirst } from '../../src/audit/found-list.ts';
import { textsOf } from '../../src/audit/listed.ts';
import { keysOf, PackedEntries, PackedList } from '../../src/audit/packed-list.ts';
import { SpreadList } from '../../src/audit/spread-list.ts';
import type { Severity } from '../../src/capture/diagnostic.ts';
import { finding } from './finding.ts';

test('what was put in comes out, in order', () => {
  const list = new PackedList<object>();
  expect([...new PackedEntries([list.packed()])]).toEqual([]);
  const entries = Array.from({ length: 700 }, (_, index) => {
    return { index, text: `ä\u2028"\\\n ${index}`, none: null, list: [index, { nested: true }] };
  });
  for (const entry of entries) list.push(entry);
  const packed = list.packed();
  const read = new PackedEntries([packed, packed]);
  expect([list.length, packed.length, read.length]).toEqual([700, 700, 1400]);
  expect([...read]).toEqual([...entries, ...entries]);
  expect([...textsOf(read)]).toEqual([...textsOf([...entries, ...entries])]);
  expect(JSON.parse(JSON.stringify(read))).toEqual([...entries, ...entries]);
});

test('by their keys, however they came', () => {
  const list = new PackedList<number>();
  // 0 to 999, each a thousand apart from the one before it, and one that was there from the first and came last.
  for (let index = 0; index < 1000; index++) list.push((index * 377) % 1000, (index * 377) % 1000);
  list.push(-1, -1);
  const packed = list.packed();
  const sorted = [-1, ...Array.from({ length: 1000 }, (_, index) => index)];
  expect([...new PackedEntries<number>([packed])]).toEqual(sorted);
  expect(keysOf(packed)).toEqual(sorted);
});

test('spread over ranges of keys they come out in order, too', () => {
  const spread = new SpreadList<object>();
  const whole = new PackedList<object>();
  expect(spread.packed()).toEqual({ length: 0, batches: [] });
  // From all ranges in turn, and in more pieces than are open for each.
  for (let index = 0; index < 30_000; index++) {
    const key = (index * 7919) % 30_000;
    for (const list of [spread, whole]) list.push({ key }, key);
  }
  const packed = spread.packed();
  expect([spread.length, packed.length]).toEqual([30_000, 30_000]);
  expect([...new PackedEntries([packed])]).toEqual([...new PackedEntries([whole.packed()])]);
  expect(keysOf(packed)).toEqual(Array.from({ length: 30_000 }, (_, key) => key));
  for (const { keys } of packed.batches) expect(keys.at(-1)! - keys[0]!).toBeLessThan(4096);
});

test('findings of several sets, as they were found and worst first', () => {
  const found = (set: number, kinds: readonly (readonly [Severity, string])[]) => {
    const list = new FoundList();
    const all = Array.from({ length: 300 }, (_, index): AuditFinding => {
      const [severity, rule] = kinds[index % kinds.length]!;
      const one = finding({ rule, severity, frames: [index + 1] });
      return { ...one, set, fingerprint: `${index}`, places: [] };
    });
    for (const one of all) list.push(one);
    return { all, length: list.length, findings: list.groups() };
  };
  const first = found(1, [
    ['info', 'a/a'],
    ['warning', 'b/b'],
    ['error', 'b/b'],
  ]);
  const second = found(2, [
    ['warning', 'a/a'],
    ['warning', 'b/b'],
  ]);
  expect([first.length, second.length]).toEqual([300, 300]);
  expect([...asFound(first.findings)]).toEqual(first.all);
  expect([...asFound(second.findings)]).toEqual(second.all);
  const listed = worstFirst([first, second]);
  expect(
    listed.map(({ severity, rule, index, packed }) => [
      severity,
      rule,
      index,
      packed.length,
      keysOf(packed)[1],
    ]),
  ).toEqual([
    ['error', 'b/b', 0, 100, 5],
    ['warning', 'a/a', 1, 150, 2],
    ['warning', 'b/b', 0, 100, 4],
    ['warning', 'b/b', 1, 150, 3],
    ['info', 'a/a', 0, 100, 3],
  ]);
});

import { expect, test } from 'vitest';
import { Sample } from '../../src/cli/stats/percentile.ts';
import { Tally } from '../../src/cli/stats/tally.ts';

test('percentiles by nearest rank', () => {
  const sample = new Sample();
  for (let value = 100; value >= 1; value--) sample.add(value);
  expect(sample.summary()).toEqual({ count: 100, min: 1, p50: 50, p90: 90, p95: 95, p99: 99, max: 100 });
  expect(new Sample().summary()).toBeNull();
});

test('a sample stays bounded and keeps its shape', () => {
  const sample = new Sample(1000);
  for (let value = 0; value < 100_000; value++) sample.add(value);
  const { count, p50, p90 } = sample.summary()!;
  expect(count).toBe(100_000);
  expect(Math.abs(p50 - 50_000)).toBeLessThan(1000);
  expect(Math.abs(p90 - 90_000)).toBeLessThan(1000);
});

test('a tally counts by name, most first, and what finds no place together', () => {
  const tally = new Tally(2);
  for (const name of ['b', 'a', 'b', 'c', 'c']) tally.add(name);
  expect(tally.entries()).toEqual([
    ['b', 2],
    ['a', 1],
  ]);
  expect(tally.others).toBe(2);
});

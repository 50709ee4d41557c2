// Calls over time as bars: spans that suit, and no more of them than are asked for or kept.
import { expect, test } from 'vitest';
import { CallRate } from '../../src/cli/stats/call-rate.ts';
import type { CallKind } from '../../src/dialog/call-kind.ts';

const NOON = 1_795_262_400;

function rateOf(seconds: readonly number[], limit?: number, kind: CallKind = 'call'): CallRate {
  const rate = new CallRate(limit);
  for (const each of seconds) rate.add({ start: { seconds: each, nanoseconds: 0 }, kind });
  return rate;
}

test('a bar a minute, empty ones included; registrations and the rest apart', () => {
  const rate = rateOf([NOON + 59, NOON + 61, NOON + 60, NOON + 185]);
  rate.add({ start: { seconds: NOON + 1, nanoseconds: 0 }, kind: 'registration' });
  const bars = [
    [1, 1],
    [2, 0],
    [0, 0],
    [1, 0],
  ];
  expect(rate.bars(90)).toEqual({ start: NOON, minutes: 1, bars });
});

test('longer spans where there would be too many bars, in steps of a clock', () => {
  const spans = (seconds: number): number[] => {
    const { minutes, bars } = rateOf([NOON, NOON + seconds]).bars(90)!;
    expect(bars[0]).toEqual([1, 0]);
    expect(bars.at(-1)).toEqual([1, 0]);
    return [minutes, bars.length];
  };
  expect(spans(88 * 60)).toEqual([1, 89]);
  expect(spans(89 * 60)).toEqual([2, 45]);
  expect(spans(24 * 3600)).toEqual([30, 49]);
  expect(spans(80 * 86_400)).toEqual([1440, 81]);
  expect(spans(4_000_000_000 - NOON)[1]).toBeLessThanOrEqual(90);
});

test('nothing is lost when spans are joined because there are too many', () => {
  const seconds = Array.from({ length: 1000 }, (_, index) => NOON + index * 60);
  for (const limit of [1, 7, 100]) {
    const { bars, minutes } = rateOf(seconds, limit).bars(90)!;
    expect(bars.reduce((sum, [calls]) => sum + calls, 0)).toBe(1000);
    expect(minutes * bars.length).toBeGreaterThanOrEqual(1000);
    expect(bars.length).toBeLessThanOrEqual(90);
  }
});

test('no call, no bars', () => {
  expect(rateOf([]).bars(90)).toBe(null);
});

import { expect, test } from 'vitest';
import { formatClock, formatDateAndClock, formatDuration } from '../../src/cli/output/format.ts';

test.each([
  [0, '0 ms'],
  [0.25, '0.250 ms'],
  [1.5, '1.5 ms'],
  [999, '999 ms'],
  [1000, '1.000 s'],
  [59_999, '59.999 s'],
  [60_000, '1:00.0'],
  [125_300, '2:05.3'],
  [3_725_000, '1:02:05'],
  [-12, '-12 ms'],
])('%d ms is %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test('clock and date are UTC', () => {
  const time = { seconds: Date.UTC(2026, 10, 21, 3, 40, 5) / 1000, nanoseconds: 123_456_789 };
  expect(formatClock(time)).toBe('03:40:05.123');
  expect(formatDateAndClock(time)).toBe('2026-11-21 03:40:05.123456');
});

// Timers of the core: in their order, never early, gone when cleared.
import { expect, test, vi } from 'vitest';
import { Timers } from '../../src/inline/timers.ts';

function scene(): { timers: Timers; fired: [timer: number, at: number][] } {
  vi.useFakeTimers();
  vi.setSystemTime(1_000_000);
  const fired: [number, number][] = [];
  const timers = new Timers({ now: () => Date.now() }, (timer) =>
    fired.push([timer, Date.now() - 1_000_000]),
  );
  return { timers, fired };
}

test('each fires once, at its time or within five milliseconds of it', () => {
  const { timers, fired } = scene();
  timers.set(1, 1_000_500);
  timers.set(2, 1_000_100);
  timers.set(3, 1_000_101);
  timers.set(4, 1_000_000);
  vi.advanceTimersByTime(499);
  expect(fired).toEqual([
    [4, 0],
    [2, 100],
    [3, 105],
  ]);
  vi.advanceTimersByTime(10_000);
  expect(fired.slice(3)).toEqual([[1, 500]]);
  expect(timers.size).toBe(0);
});

test('a timer that was cleared does not fire; one that was set again fires at its new time', () => {
  const { timers, fired } = scene();
  timers.set(1, 1_000_100);
  timers.set(2, 1_000_100);
  timers.set(3, 1_000_100);
  timers.clear(1);
  timers.clear(77);
  timers.set(2, 1_000_200);
  timers.clear(3);
  timers.set(3, 1_000_100);
  vi.advanceTimersByTime(1000);
  expect(fired).toEqual([
    [3, 100],
    [2, 200],
  ]);
});

test('a timer set by one that fires waits its turn, and one that clears another in time is obeyed', () => {
  vi.useFakeTimers();
  vi.setSystemTime(1_000_000);
  const fired: number[] = [];
  const timers = new Timers({ now: () => Date.now() }, (timer) => {
    fired.push(timer);
    if (timer === 1) {
      timers.clear(2);
      timers.set(3, 1_000_050);
    }
  });
  timers.set(1, 1_000_100);
  timers.set(2, 1_000_100);
  vi.advanceTimersByTime(100);
  expect(fired).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect(fired).toEqual([1, 3]);
});

test('many timers that are cleared do not pile up', () => {
  const { timers, fired } = scene();
  for (let timer = 1; timer <= 200_000; timer++) {
    timers.set(timer, 1_000_000 + (timer % 30_000));
    if (timer % 1000 !== 0) timers.clear(timer);
  }
  expect(timers.size).toBe(200);
  vi.advanceTimersByTime(40_000);
  expect(fired.map(([timer]) => timer).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 200 }, (_, index) => (index + 1) * 1000),
  );
  timers.set(1, 2_000_000);
  timers.close();
  expect([timers.size, vi.getTimerCount()]).toEqual([0, 0]);
});

import { expect, test } from 'vitest';
import { TimerQueue } from '../../src/replay/timer-queue.ts';

test('timers come in the order they are due, those set first before others due at once', () => {
  const queue = new TimerQueue();
  for (const [timer, at] of [
    [1, 500],
    [2, 100],
    [3, 500],
    [4, 300],
    [5, 100],
  ] as const)
    queue.set(timer, at);
  queue.clear(4);
  queue.clear(99);
  expect(takeAll(queue, 500)).toEqual([2, 5]);
  expect(queue.size).toBe(2);
  expect(takeAll(queue, 501)).toEqual([1, 3]);
  expect(queue.size).toBe(0);
});

test('many timers that are set and cleared leave nothing behind, and the rest keeps its order', () => {
  const queue = new TimerQueue();
  for (let timer = 1; timer <= 5000; timer++) {
    queue.set(timer, (timer * 7919) % 5003);
    if (timer % 50 !== 0) queue.clear(timer);
  }
  const order = takeAll(queue, 1e9).map((timer) => (timer * 7919) % 5003);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect([order.length, queue.size]).toEqual([100, 0]);
});

function takeAll(queue: TimerQueue, before: number): number[] {
  const timers: number[] = [];
  for (let due = queue.takeBefore(before); due !== undefined; due = queue.takeBefore(before))
    timers.push(due.timer);
  return timers;
}

import { expect, test } from 'vitest';
import { CallOrder } from '../../src/cli/calls/call-order.ts';
import type { Call } from '../../src/dialog/call.ts';

test('calls come out in the order of their numbers', () => {
  const { order, seen } = recorder(100);
  for (const id of [3, 1, 2, 5]) order.add(id, call(id, 1));
  expect(seen).toEqual([1, 2, 3]);
  order.end();
  expect(seen).toEqual([1, 2, 3, 5]);
});

test('a call that is not wanted is only waited for', () => {
  const { order, seen } = recorder(100);
  order.add(2, call(2, 1));
  order.add(1, null);
  expect(seen).toEqual([2]);
});

test('when too many messages are held, what is there goes out, and what comes later at once', () => {
  const { order, seen } = recorder(5);
  order.add(3, call(3, 3));
  order.add(2, call(2, 3));
  expect(seen).toEqual([2, 3]);
  order.add(1, call(1, 1));
  order.add(4, call(4, 1));
  expect(seen).toEqual([2, 3, 1, 4]);
});

function recorder(limit: number): { order: CallOrder; seen: number[] } {
  const seen: number[] = [];
  return { order: new CallOrder(({ id }) => seen.push(id), limit), seen };
}

function call(id: number, messages: number): Call {
  return { id, events: Array.from({ length: messages }) } as unknown as Call;
}

import { expect, test } from 'vitest';
import { SettledOrder } from '../../src/cli/calls/settled-order.ts';
import type { PacketSummary } from '../../src/network/packet-summary.ts';

test('packets go out in their order once all before them are settled', () => {
  const { order, out } = recorder(10);
  for (const frame of [1, 2, 3]) order.packet(packet(frame));
  order.outcome(2, 5);
  order.outcome(3, 6);
  expect(out).toEqual([]);
  order.outcome(1, 4);
  expect(out).toEqual([
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
});

test('an outcome may come before its packet', () => {
  const { order, out } = recorder(10);
  order.outcome(1, 4);
  order.packet(packet(1));
  expect(out).toEqual([[1, 4]]);
});

test('when too many wait, the first goes out undecided, and its outcome is not kept', () => {
  const { order, out } = recorder(2);
  for (const frame of [1, 2, 3]) order.packet(packet(frame));
  expect(out).toEqual([[1, null]]);
  order.outcome(1, 4);
  order.outcome(2, 5);
  order.outcome(3, 6);
  expect(out).toEqual([
    [1, null],
    [2, 5],
    [3, 6],
  ]);
});

function recorder(limit: number): { order: SettledOrder; out: [number, number | null][] } {
  const out: [number, number | null][] = [];
  return { order: new SettledOrder(({ frame }, outcome) => out.push([frame, outcome]), limit), out };
}

function packet(frame: number): PacketSummary {
  return { frame } as PacketSummary;
}

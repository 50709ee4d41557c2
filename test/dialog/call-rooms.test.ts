// Rows of calls that are over go to others; what they held is where the call says.
import { expect, test } from 'vitest';
import { ROW_OCTETS } from '../../src/dialog/kept/call-memory.ts';
import { CallRooms } from '../../src/dialog/kept/call-rooms.ts';

test('a row that was given back is taken again, and its content has moved', () => {
  const rooms = new CallRooms();
  const calls = Array.from({ length: 64 + 256 }, (_, index) => {
    const { memory } = rooms;
    const call = { memory, row: memory.take() };
    memory.octets.writeInt32LE(index, ROW_OCTETS * call.row);
    return call;
  });
  const before = calls.map(({ memory, row }) => [memory, row]);
  for (const call of calls) rooms.moveOut(call);
  expect(calls.map(({ memory, row }) => memory.octets.readInt32LE(ROW_OCTETS * row))).toEqual(
    calls.map((_, index) => index),
  );
  // As many begin again: they get the rows of those before, each once.
  const again = calls.map(() => {
    const { memory } = rooms;
    return [memory, memory.take()];
  });
  expect(
    new Set(again.map(([memory, row]) => before.findIndex(([m, r]) => m === memory && r === row))),
  ).toEqual(new Set(before.keys()));
});

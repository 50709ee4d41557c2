// Every packet of every capture has exactly one outcome.
import { expect, test } from 'vitest';
import { readCaptures } from '../../src/pipeline.ts';
import { whetherShared } from '../capture/shared.ts';
import { comparedCaptures } from './captures.ts';

test(`the outcomes of every capture sum to its packets, one for each${whetherShared}`, async () => {
  const wrong: object[] = [];
  for (const { name, path } of comparedCaptures()) {
    const outcomes = new Map<number, number>();
    const { ledger, inputs } = await readCaptures({
      inputs: [path],
      onOutcome: (frame) => outcomes.set(frame, (outcomes.get(frame) ?? 0) + 1),
    });
    const packets = inputs[0]!.packets;
    const sum = ledger.counts.reduce((total, count) => total + count, 0);
    const isOnceEach = [...outcomes.values()].every((times) => times === 1) && outcomes.size === packets;
    if (sum !== packets || ledger.read !== packets || ledger.settled !== packets || !isOnceEach)
      wrong.push({ name, packets, sum, read: ledger.read, settled: ledger.settled, isOnceEach });
  }
  expect(wrong).toEqual([]);
});

// What pairing makes of the captures of real boxes: all of their legs, and nothing else.
import { describe, expect, test } from 'vitest';
import { whetherShared } from '../capture/shared.ts';
import { measure, precision } from './measured.ts';
import { hasRealBoxes, pairsOf, REAL_BOXES, SPLIT, truthOf } from './real-boxes.ts';

describe.skipIf(!hasRealBoxes)(`real boxes${whetherShared}`, () => {
  test.each(Object.entries({ ...REAL_BOXES, ...SPLIT }))('%s', async (name, files) => {
    const truth = truthOf(name);
    const { pairs, unpaired } = await pairsOf(files);
    const { buckets, recall, wrong } = measure(pairs, truth);
    expect({
      recall,
      certain: precision(buckets.certain),
      isMostlyCertain: buckets.certain.right / truth.size > 0.8,
      wrong: wrong.map(({ a, b }) => `${a.call.callId} ${b.call.callId}`),
      unpaired,
    }).toEqual({ recall: 1, certain: 1, isMostlyCertain: true, wrong: [], unpaired: 0 });
  });
});

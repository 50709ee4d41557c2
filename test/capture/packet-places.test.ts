// Which capture of a set a packet is from, and its number there.
import { expect, test } from 'vitest';
import { PacketPlaces } from '../../src/capture/packet-places.ts';
import { SeededRandom } from '../differential/seeded-random.ts';

test.each([2, 7, 300])('of %i captures', (captures) => {
  const random = new SeededRandom(captures);
  const places = new PacketPlaces(captures);
  const counts = new Array<number>(captures).fill(0);
  const expected = Array.from({ length: 20_000 }, () => {
    const source = random.below(captures);
    places.add(source);
    return { source, frame: ++counts[source]! };
  });
  expect(expected.map((_, index) => places.of(index + 1))).toEqual(expected);
  expect([places.of(0), places.of(20_001), places.of(Number.NaN)]).toEqual([undefined, undefined, undefined]);
});

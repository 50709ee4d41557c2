// What pairing makes of the captures of real boxes: all of their legs, and nothing else.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { whetherShared } from '../capture/shared.ts';
import { measure, precision } from './measured.ts';
import { hasRealBoxes, pairsOf, pathOf, REAL_BOXES, SPLIT, truthOf } from './real-boxes.ts';

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

  test.each([-1, 2])('the two halves of a split capture, their clocks %i s apart', async (seconds) => {
    const folder = mkdtempSync(join(tmpdir(), 'sipspect-legs-'));
    const [near, far] = SPLIT['s-hide-split-udp'];
    const shifted = join(folder, 'far.pcap');
    writeFileSync(shifted, later(readFileSync(pathOf(far)), seconds));
    const { pairs, unpaired } = await pairsOf([near, shifted]);
    rmSync(folder, { recursive: true });
    const { recall, wrong } = measure(pairs, truthOf('s-hide-split-udp'));
    expect({ recall, wrong: wrong.length, unpaired }).toEqual({ recall: 1, wrong: 0, unpaired: 0 });
  });
});

/** A classic pcap, little-endian, with every packet so many seconds later. */
function later(pcap: Buffer, seconds: number): Buffer {
  for (let at = 24; at + 16 <= pcap.length; at += 16 + pcap.readUInt32LE(at + 8))
    pcap.writeUInt32LE(pcap.readUInt32LE(at) + seconds, at);
  return pcap;
}

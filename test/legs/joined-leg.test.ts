// A capture that began when its call was under way: its legs are paired by what is left of them, and the pair says so; what the
// box did is not judged by it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { scratchFolder, sipspect } from '../cli/program.ts';

const folder = scratchFolder();
const LATE = join(folder, 'late.pcap');

beforeAll(async () => {
  const whole = join(folder, 'whole.pcap');
  await sipspect(['extract', '-w', whole, 'samples/im-session/im-session.pcapng']);
  // INVITE to ACK on both sides.
  writeFileSync(LATE, without(readFileSync(whole), 8));
});

test('the pair and what speaks for it', async () => {
  const { stdout } = await sipspect(['legs', LATE]);
  expect(stdout).toBe(
    `#1  certain 0.999  im  127.0.0.10:5060 → 127.0.0.20:5060 ┃ 127.0.0.30:5060 → 127.0.0.40:5060  under way when the capture began
    A  1-37@127.0.0.10
    B  sbc///1-37@127.0.0.10
    because: call-id-derived (+35), in-step 6 within 100 ms (+25.7), from-user caller (+15), to-user callee (+15), time 0.1 ms (+12), final 200 (+8), release (+8), box (+5); against: nothing; no other candidate
1 pair: 1 certain
`,
  );
});

test('the pair as a record', async () => {
  const { stdout } = await sipspect(['legs', '--json', LATE]);
  const { joined, legs } = JSON.parse(stdout);
  expect({ joined, legs }).toEqual({
    joined: true,
    legs: {
      a: { call: 2, leg: 0, from: '127.0.0.10:5060', to: '127.0.0.20:5060', frame: 2, messages: 6 },
      b: { call: 1, leg: 0, from: '127.0.0.30:5060', to: '127.0.0.40:5060', frame: 1, messages: 7 },
    },
  });
});

test('nothing is said of how its sides differ', async () => {
  const { stdout } = await sipspect(['audit', '--format', 'json', '--fail-on', 'never', LATE]);
  const { findings, legs } = JSON.parse(stdout);
  const pairs = legs.pairs.map(({ a, b, joined }: Record<string, unknown>) => ({ a, b, joined }));
  expect({ findings, pairs, unpaired: legs.unpaired }).toEqual({
    findings: [],
    pairs: [{ a: '1-37@127.0.0.10', b: 'sbc///1-37@127.0.0.10', joined: true }],
    unpaired: [],
  });
});

/** A classic pcap, little-endian, without its first packets. */
function without(pcap: Buffer, packets: number): Buffer {
  let at = 24;
  for (let left = packets; left > 0; left--) at += 16 + pcap.readUInt32LE(at + 8);
  return Buffer.concat([pcap.subarray(0, 24), pcap.subarray(at)]);
}

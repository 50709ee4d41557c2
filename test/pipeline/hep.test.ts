// Agents may be as many as messages, and say something else of each: nothing is kept of them but with a message that is kept.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseFilter } from '../../src/filter/filter.ts';
import { readCaptures } from '../../src/pipeline.ts';
import { pcap } from '../cli/captures.ts';
import { type Hep3Fields, hep3, mirrored } from '../network/hep-wire.ts';

const folder = mkdtempSync(join(tmpdir(), 'sipspect-hep-'));
afterAll(() => rmSync(folder, { recursive: true }));

function capture(
  name: string,
  count: number,
  fields: (n: number) => Hep3Fields & { callId: string },
): string {
  const path = join(folder, name);
  const packets = Array.from({ length: count }, (_, n) => {
    const { callId, ...said } = fields(n);
    return mirrored(hep3({ ...said, payload: options(n, callId), seen: 1_000_000 + 1000 * n }));
  });
  writeFileSync(path, pcap(packets, 1));
  return path;
}

function options(n: number, callId: string): Buffer {
  return Buffer.from(
    [
      'OPTIONS sip:bob@example.org SIP/2.0',
      `Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK${n}`,
      `From: <sip:alice@example.org>;tag=${n}`,
      'To: <sip:bob@example.org>',
      `Call-ID: ${callId}`,
      `CSeq: ${n} OPTIONS`,
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  );
}

/** Agents and correlation IDs as messages pass, and again as their calls keep them. */
async function toldOf(path: string, threaded: boolean): Promise<[passing: unknown[], kept: unknown[]]> {
  const passing: unknown[] = [];
  const kept: unknown[] = [];
  await readCaptures({
    inputs: [path],
    threaded,
    keepMessages: true,
    onMessage: ({ frame, passage }) => passing.push([frame, passage]),
    onCall: ({ events = [] }) =>
      kept.push(...events.map(({ message }) => [message.frame, message.passage] as const)),
  });
  return [passing, kept.sort((a, b) => (a as [number])[0] - (b as [number])[0])];
}

const CAPTURES: readonly (readonly [name: string, path: string, count: number])[] = [
  [
    'each message from another agent',
    capture('agents.pcap', 6000, (n) => ({ agent: n, callId: `${n >> 1}`, node: Buffer.from(`sbc-${n}`) })),
    6000,
  ],
  [
    'names of 60 kB',
    capture('names.pcap', 100, (n) => ({ callId: `${n}`, node: Buffer.alloc(60_000, `${n}\x1b`) })),
    100,
  ],
  [
    'one call, of which each message has another correlation ID',
    capture('one.pcap', 2000, (n) => ({ callId: 'one', correlationId: Buffer.from(`${n}@a`) })),
    2000,
  ],
];

test.each(CAPTURES)('%s: both ways of reading and what is kept say the same', async (_name, path, count) => {
  const [passing, kept] = await toldOf(path, false);
  expect(passing).toHaveLength(count);
  expect(kept).toEqual(passing);
  expect(await toldOf(path, true)).toEqual([passing, kept]);
});

test('a call has all correlation IDs of its messages', async () => {
  const filters = ['0@a', '1999@a', '2000@a'].map((id) => parseFilter(`hep3.correlation_id == "${id}"`));
  const found: boolean[][] = [];
  await readCaptures({
    inputs: [CAPTURES[2]![1]],
    keepMessages: true,
    onCall: (call) => found.push(filters.map((filter) => filter.call(call))),
  });
  expect(found).toEqual([[true, true, false]]);
});

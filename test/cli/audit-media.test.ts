// `sipspect audit` sees the media of a capture, too: what rules say of it is said.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { flowCapture } from '../audit/flow-capture.ts';
import { pcapHeader, pcapRecord } from '../capture/build.ts';
import { datagram } from './captures.ts';
import { scratchFolder, sipspect } from './program.ts';

const folder = scratchFolder();
const ALICE = { ip: '192.0.2.10', port: 40000 };
const BOB = { ip: '192.0.2.20', port: 50000 };

test('audio that goes one way only is found', async () => {
  expect(await findings(true, false)).toEqual([
    'nat/one-way-audio: 200 packets of audio went to 192.0.2.20:50000 within 4.0 s, and none to 192.0.2.10:40000',
  ]);
});

test('audio that goes both ways is not', async () => {
  expect(await findings(true, true)).toEqual([]);
});

async function findings(there: boolean, back: boolean): Promise<string[]> {
  const [signalling, streams] = [join(folder, 'sip.pcap'), join(folder, `${there}-${back}.pcap`)];
  const media = Array.from({ length: 200 }, (_, index) => {
    const time = { seconds: START + 3 + Math.floor(index / 50), fraction: (index % 50) * 20_000 };
    return [...(there ? [rtp(ALICE, BOB, time)] : []), ...(back ? [rtp(BOB, ALICE, time)] : [])];
  });
  writeFileSync(signalling, flowCapture('call'));
  writeFileSync(streams, Buffer.concat([pcapHeader(), ...media.flat()]));
  const { stdout } = await sipspect([
    ...['audit', '--only', 'nat/one-way-audio', '--fail-on', 'never', '--format', 'ndjson'],
    ...[signalling, streams],
  ]);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): { rule: string; message: string } => JSON.parse(line))
    .map(({ rule, message }) => `${rule}: ${message}`);
}

function rtp(from: typeof ALICE, to: typeof ALICE, time: { seconds: number; fraction: number }): Buffer {
  const ends = { src: from.ip, dst: to.ip, sourcePort: from.port, destinationPort: to.port };
  return pcapRecord(datagram(Buffer.alloc(172, 0x80), ends), time);
}

/** As flowCapture has it: 2026-01-05T10:00:00Z. */
const START = 1767607200;

// Which calls are kept to draw a chosen one: in a capture of many, those beside it in time.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callChoice } from '../../src/cli/calls/call-choice.ts';
import { callsAround } from '../../src/cli/ladder/calls-around.ts';
import { pcapHeader, pcapRecord } from '../capture/build.ts';
import { ethernet, ipv4, udp } from '../network/octets.ts';

const CALLS = 2500;
const EVERY = Array.from({ length: CALLS }, (_, index) => index + 1);
let folder = '';
let capture = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sipspect-'));
  capture = join(folder, 'many.pcap');
  writeFileSync(capture, Buffer.concat([pcapHeader(), ...EVERY.map((n) => onePerSecond(n))]));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('calls more than fifteen seconds away from the chosen ones are left out', async () => {
  const kept = await keptOf([capture], { index: '700,702,2400' }, true);
  expect(kept[0]).toBe(685);
  expect(kept.slice(0, 33)).toEqual(Array.from({ length: 33 }, (_, index) => 685 + index));
  expect(kept.slice(33)).toEqual(Array.from({ length: 31 }, (_, index) => 2385 + index));
});

test('only the chosen ones where no other leg is wanted', async () => {
  expect(await keptOf([capture], { callId: ['call-1200', 'call-3'] }, false)).toEqual([3, 1200]);
});

test('all, where all are chosen or the clocks may differ', async () => {
  expect(await keptOf([capture], {}, true)).toEqual(EVERY);
  expect(await keptOf([capture, capture], { index: '7' }, true)).toEqual(EVERY);
  expect(await keptOf(['-'], { index: '7' }, true)).toEqual(EVERY);
});

async function keptOf(captures: string[], choice: { index?: string; callId?: string[] }, merged: boolean) {
  const isWanted = callChoice(choice);
  const isKept = await callsAround(captures, choice, { filter: null, isWanted, merged });
  return EVERY.filter(isKept);
}

function onePerSecond(n: number): Buffer {
  const request = [
    'OPTIONS sip:bob@example.org SIP/2.0',
    `Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${n}`,
    `From: <sip:alice@example.org>;tag=${n}`,
    'To: <sip:bob@example.org>',
    `Call-ID: call-${n}`,
    'CSeq: 1 OPTIONS',
    'Max-Forwards: 70',
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n');
  const packet = ipv4(17, udp(Buffer.from(request, 'latin1'), 5060), { id: n & 0xffff });
  return pcapRecord(ethernet(0x0800, packet), { seconds: 1_700_000_000 + n, fraction: 0 });
}

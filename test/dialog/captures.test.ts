// Public captures, where they are at hand: the calls of some, checked against tshark's list of messages for each Call-ID;
// and of every one that messages are counted once and the two ways to JSON agree.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/dialog/call.ts';
import { callRecord } from '../../src/dialog/record/call-record.ts';
import { writeCallRecord } from '../../src/dialog/record/call-record-writer.ts';
import { readCaptures } from '../../src/pipeline.ts';
import { outcome } from './outcome.ts';

const ROOT = join(import.meta.dirname, '../../../shared/captures');
const EXPECTED: [file: string, calls: string[]][] = [
  [
    'irontec__sngrep/aaa.pcap',
    [
      'registration registered | none | 26 messages',
      'call rejected by callee 200.68.120.81:5060 INVITE 408 Request Timeout 252 | none | 18 messages, 12 again',
      'call rejected by callee 212.242.33.35:5060 INVITE 403 Wrong password or domain 348 | none | 8 messages, 2 again',
      'registration registered | none | 14 messages',
      'call rejected by callee 212.242.33.35:5060 INVITE 403 Wrong password or domain 581 | none | 7 messages',
      'call rejected by callee 212.242.33.35:5060 INVITE 480 Error 621 | terminated | 8 messages',
    ],
  ],
  [
    'goffinet__sip_captures/SIP-Call-with-Proxy-Server.pcap',
    ['call completed by callee 10.33.6.100:5060 BYE 10 | terminated | 11 messages'],
  ],
  [
    'andreeaDumitrache29__eim_lab9/sip.pcap',
    [
      'registration registered | none | 4 messages',
      'call in-call | confirmed | 9 messages',
      'message delivered | none | 4 messages',
    ],
  ],
  [
    // A fork with PRACK and UPDATE, at two hops of a box that keeps the Call-ID; it answers upstream for the other branch.
    'irontec__sngrep/ipv6frag.pcap',
    [
      'call completed by caller [fd17:625c:f037:2:a00:27ff:feb9:1521]:15060 BYE 31 | terminated confirmed | 32 messages, 1 again',
    ],
  ],
];

const there = existsSync(ROOT);

describe.skipIf(!there)('public captures (../shared/captures)', () => {
  test.each(EXPECTED)('%s', async (file, expected) => {
    expect((await callsOf(join(ROOT, file))).calls.map(outcome)).toEqual(expected);
  });

  test('in every capture each message is counted once, and both ways to JSON agree', async () => {
    for (const file of captures(ROOT).filter((path) => statSync(path).size < 3_000_000)) {
      const { calls, messages } = await callsOf(file);
      expect(`${file} ${calls.reduce((sum, call) => sum + call.messages, 0)}`).toBe(`${file} ${messages}`);
      for (const call of calls) expect(writeCallRecord(call)).toBe(JSON.stringify(callRecord(call)));
    }
  });
});

async function callsOf(path: string): Promise<{ calls: Call[]; messages: number }> {
  const calls: Call[] = [];
  let messages = 0;
  await readCaptures({
    inputs: [path],
    onCall: (call) => calls.push(call),
    onMessage: () => {
      messages++;
    },
  });
  return { calls: calls.sort((a, b) => a.id - b.id), messages };
}

function captures(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return captures(path);
    return /\.(pcap|pcapng|cap)(\.gz)?$/.test(entry.name) ? [path] : [];
  });
}

// Captures with pseudonyms show what the captures they are of show: packets, messages, calls; but not who and where.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OutcomeName } from '../../src/network/outcome.ts';
import { whetherShared } from '../capture/shared.ts';
import { comparedCaptures } from '../differential/captures.ts';
import { rewrite, type Shown, shown } from './rewritten.ts';

/** Not quite the same, and why. */
const DIFFERENT: ReadonlyMap<string, string> = new Map([
  ['samples/web-socket/call.pcapng', 'its client leaves out the Content-Length that TCP needs'],
]);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sipspect-anonymize-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe(`samples and public captures${whetherShared}`, () => {
  const captures = comparedCaptures().filter(({ name }) => !DIFFERENT.has(name));
  test.each(captures.map(({ name, path }) => [name, path]))('%s', (_, path) => expectSame(path));
});

async function expectSame(path: string): Promise<void> {
  const copy = join(folder, 'copy.pcapng');
  const { ledger } = await rewrite([path], copy);
  const [before, after] = [await shown([path]), await shown([copy])];
  expect(after.packets).toEqual(before.packets);
  expect(ledger.settled).toBe(before.packets.length);
  expect(ledger.counts).toEqual(before.counts);
  expect(comparable(after, before)).toEqual(comparable(before, before));
}

/** What is to be the same: all but what nobody can read, and what was unwrapped is over TCP. */
function comparable(
  { outcomes, messages, calls }: Shown,
  original: Shown,
): Pick<Shown, 'outcomes' | 'messages' | 'calls'> {
  return {
    outcomes: outcomes.filter((_, index) => WRITTEN.has(original.outcomes[index]!)),
    messages: messages.map((message) => ({
      ...message,
      transport: UNWRAPPED.has(message.transport) ? 'tcp' : message.transport,
    })),
    calls,
  };
}

const WRITTEN: ReadonlySet<OutcomeName> = new Set([
  ...(['sip', 'sip-duplicate', 'sip-keepalive', 'sip-malformed', 'sip-quoted', 'icmp', 'empty'] as const),
  ...(['rtp', 'rtcp', 'stun', 'tcp-retransmission', 'tcp-keepalive'] as const),
]);
const UNWRAPPED: ReadonlySet<string> = new Set(['tls', 'ws', 'wss']);

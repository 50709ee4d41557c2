// Reading in a thread of its own gives what reading in this one gives.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/capture/diagnostic.ts';
import { writeCallRecord } from '../../src/dialog/call-record.ts';
import { messageRecord } from '../../src/dialog/message-record.ts';
import { readCaptures } from '../../src/pipeline.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SHARED = resolve(ROOT, '../shared/captures');

const samples = readdirSync(join(ROOT, 'samples'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.pcap(ng)?(\.gz)?$/.test(name))
  .map((name) => join(ROOT, 'samples', name));

test('all samples as one set', async () => {
  expect(samples.length).toBeGreaterThan(8);
  expect(await everything(samples, true)).toEqual(await everything(samples, false));
});

test('an input that cannot be read, and one that can', async () => {
  const inputs = [join(ROOT, 'samples', 'nothing-here.pcap'), samples[0]];
  expect(await everything(inputs, true)).toEqual(await everything(inputs, false));
});

test('a failure to start is an error, not a hang', async () => {
  await expect(readCaptures({ inputs: [() => {}] as unknown as string[], threaded: true })).rejects.toThrow();
});

test('stopping early ends the thread', async () => {
  let blocks = 0;
  const result = await readCaptures({
    inputs: samples,
    threaded: true,
    onBlock: () => {
      blocks++;
    },
    stopped: () => true,
  });
  expect(blocks).toBe(1);
  expect(result.ledger.settled).toBeLessThanOrEqual(result.ledger.read);
});

describe.skipIf(!existsSync(SHARED))('public captures (skipped where ../shared is absent)', () => {
  test.each([
    'sbc/k-plain-tcp.pcap', // TCP
    'sbc/s-hide-udp.pcap',
    'irontec__sngrep/ipv6frag.pcap', // IPv6 fragments
    'ntop__nDPI/fuzz-2006-06-26-2594.pcap', // damaged messages
    'nokia__pcaptoparquet/51_esp_sip.pcapng.gz', // tunnels
    'zeek__zeek/sip-long-request-response-paths.pcap', // long lines
  ])('%s', async (name) => {
    const inputs = [join(SHARED, name)];
    expect(await everything(inputs, true)).toEqual(await everything(inputs, false));
  });
});

/** All that can be seen of a reading, as text. */
async function everything(inputs: string[], threaded: boolean): Promise<unknown> {
  const messages: string[] = [];
  const calls: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const {
    ledger,
    names,
    inputs: statuses,
  } = await readCaptures({
    inputs,
    threaded,
    keepMessages: true,
    onMessage(message, info) {
      messages.push(JSON.stringify(messageRecord(message, info)), message.bytes().toString('latin1'));
    },
    onCall(call) {
      calls.push(
        writeCallRecord(call),
        ...(call.events ?? []).map(({ message }) => message.bytes().toString('latin1')),
      );
    },
    onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
  });
  const { counts, read, settled } = ledger;
  return { messages, calls, diagnostics, counts: [...counts], read, settled, names: [...names], statuses };
}

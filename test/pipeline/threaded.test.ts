// Reading in a thread of its own gives what reading in this one gives.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCallRecord } from '../../src/dialog/record/call-record-writer.ts';
import { messageRecord } from '../../src/dialog/record/message-record.ts';
import { readCaptures } from '../../src/pipeline.ts';
import { largeCapture } from './large-capture.ts';

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

describe('a capture of more octets than the threads share', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sipspect-threaded-'));
  const path = join(folder, 'large.pcap');
  const compressed = join(folder, 'large.pcap.gz');

  beforeAll(() => {
    const capture = largeCapture();
    writeFileSync(path, capture);
    writeFileSync(compressed, gzipSync(capture, { level: 1 }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('read where it lies', async () => {
    const expected = await everything([path], false);
    // Each message as it passes, and again as a part of its call.
    const messages = expected.log.filter((line) => /^(OPTIONS|INVITE)/.test(line));
    expect(messages.length).toBe(2 * (4000 + 80 + 10 + 14 + 1 + 8));
    expect(await everything([path], true)).toEqual(expected);
  });

  test('decompressed, so that all of it is copied', async () => {
    expect(await everything([compressed], true)).toEqual(await everything([compressed], false));
  });

  test('two of them, merged', async () => {
    expect(await everything([path, compressed], true)).toEqual(await everything([path, compressed], false));
  });
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

/** All that can be seen of a reading, as text and in the order in which it comes. */
async function everything(inputs: string[], threaded: boolean) {
  const log: string[] = [];
  const {
    ledger,
    names,
    inputs: statuses,
  } = await readCaptures({
    inputs,
    threaded,
    keepMessages: true,
    onMessage(message, info) {
      log.push(JSON.stringify(messageRecord(message, info)), message.bytes().toString('latin1'));
    },
    onCall(call) {
      log.push(
        writeCallRecord(call),
        ...(call.events ?? []).map(({ message }) => message.bytes().toString('latin1')),
      );
    },
    onDiagnostic: (diagnostic) => log.push(JSON.stringify(diagnostic)),
  });
  const { counts, read, settled } = ledger;
  return { log, counts: [...counts], read, settled, names: [...names], statuses };
}

// A key log is known by its content; it has no packets, but secrets.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Packet } from '../../src/capture/packet.ts';
import { TLS_KEY_LOG } from '../../src/capture/pcapng-block.ts';
import { CaptureReader } from '../../src/capture/reader.ts';

const RANDOM = '00'.repeat(32);
const LINE = `CLIENT_RANDOM ${RANDOM} ${'11'.repeat(48)}\n`;

test.each([
  ['a line of TLS 1.2', LINE],
  ['a line of TLS 1.3', `SERVER_HANDSHAKE_TRAFFIC_SECRET ${RANDOM} ${RANDOM}\r\n`],
  ['comments and empty lines before it', `# SSL/TLS secrets log file\n\n  # more\n${LINE}`],
  ['a line of RSA', `RSA ${'00'.repeat(8)} ${'11'.repeat(48)}\n`],
  ['a log longer than what is looked at', LINE.repeat(1000)],
])('%s', (_, text) => {
  const { reader, codes } = read(Buffer.from(text));
  expect([reader.format, reader.ended, codes]).toEqual(['key-log', true, []]);
  expect(reader.secrets.map(({ type, data }) => [type, data.toString()])).toEqual([[TLS_KEY_LOG, text]]);
});

test.each([
  ['other text', 'CLIENT of ours\n'],
  ['comments alone', '# a comment\n# another\n'],
  ['a secret without a random', 'CLIENT_RANDOM xyz\n'],
  // What the fuzzer found: it took years.
  ['line ends alone', '\n\r\n\r\r\n'.repeat(1000)],
  ['octets', '\x00\x01\x02\x03\x04'],
])('%s is none', (_, text) => {
  const { reader, codes } = read(Buffer.from(text));
  expect([reader.format, codes]).toEqual(['unknown', ['capture/not-a-capture']]);
});

test('in pieces of any length', () => {
  const text = `# log\n${LINE.repeat(50)}`;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5000 })), (lengths) => {
      const { reader } = read(Buffer.from(text), lengths);
      expect(reader.secrets.map(({ data }) => data.toString())).toEqual([text]);
    }),
  );
});

test('secrets inside of a pcapng, and those beside a pcap, are the same', () => {
  const sample = (name: string): Buffer =>
    readFileSync(join(import.meta.dirname, '../../samples/tls-call', name));
  const inside = read(sample('call.pcapng')).reader.secrets;
  expect(inside).toEqual(read(sample('keys.txt')).reader.secrets);
});

function read(octets: Buffer, lengths: readonly number[] = []): { reader: CaptureReader; codes: string[] } {
  const codes: string[] = [];
  const reader = new CaptureReader({ source: 0, onDiagnostic: ({ code }) => codes.push(code) });
  const packet = new Packet();
  let at = 0;
  for (const length of [...lengths, octets.length]) {
    if (at >= octets.length) break;
    reader.push(octets.subarray(at, at + length));
    at += length;
    while (reader.next(packet));
  }
  reader.end();
  while (reader.next(packet));
  return { reader, codes };
}

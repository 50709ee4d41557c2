// Anonymized captures, read by tshark: the same messages in the same frames, and no checksum that is wrong where it was right.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { rewrite } from '../anonymize/rewritten.ts';
import { hasSharedCaptures, whetherShared } from '../capture/shared.ts';
import { scratchFolder } from '../cli/program.ts';
import { sctpCapture } from '../cli/sctp-capture.ts';
import { tsharkVersion } from './tshark.ts';

const folder = scratchFolder();
const version = tsharkVersion();
const isCi = ['true', '1'].includes(process.env['CI'] ?? '');
const skipped = version === undefined ? ' (SKIPPED: there is no tshark)' : '';
const SAMPLES = resolve(import.meta.dirname, '../../samples');
const SHARED = resolve(import.meta.dirname, '../../../shared/captures');

const FIELDS = [
  'frame.number',
  'frame.time_epoch',
  'frame.len',
  'sip.Method',
  'sip.Status-Code',
  'sip.CSeq.seq',
  'udp.port',
  'tcp.seq_raw',
  'rtp.seq',
  'ip.checksum.status',
  'udp.checksum.status',
  'tcp.checksum.status',
];
const CHECKED = ['ip', 'udp', 'tcp'].flatMap((protocol) => ['-o', `${protocol}.check_checksum:TRUE`]);

function rows(
  path: string,
  fields: readonly string[] = FIELDS,
  options: readonly string[] = CHECKED,
): string[] {
  const { stdout } = spawnSync(
    'tshark',
    ['-n', '-r', path, ...options, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])],
    { encoding: 'utf8' },
  );
  return stdout.trimEnd().split('\n');
}

const isLacking = version === undefined && !isCi;

test.skipIf(isLacking).each([['proxied-call/tcp.pcap.gz'], ['hep-mirror/hep.pcap']])(
  `samples/%s, as tshark ${version ?? ''} reads it${skipped}`,
  async (name) => {
    await expectSame(join(SAMPLES, name));
  },
);

test
  .skipIf(isLacking || !hasSharedCaptures)
  .each([
    ['irontec__sngrep/ipip.pcap'],
    ['irontec__sngrep/ipv6frag.pcap'],
    ['goffinet__sip_captures/private-test-sip.pcapng'],
  ])(`%s${whetherShared}${skipped}`, async (name) => {
  await expectSame(join(SHARED, name));
});

test.skipIf(isLacking)(`SCTP: its checksums hold${skipped}`, async () => {
  const path = join(folder, 'sctp.pcap');
  const copy = join(folder, 'sctp.pcapng');
  writeFileSync(path, sctpCapture());
  await rewrite([path], copy);
  const options = ['-o', 'sctp.checksum:TRUE'];
  const fields = ['frame.number', 'sctp.checksum.status', 'sctp.data_tsn_raw', 'sctp.chunk_type'];
  expect(rows(copy, fields, options)).toEqual(rows(path, fields, options));
});

async function expectSame(path: string): Promise<void> {
  const copy = join(folder, 'copy.pcapng');
  await rewrite([path], copy);
  const [before, after] = [rows(path), rows(copy)];
  expect(before.length).toBeGreaterThan(1);
  expect(after).toEqual(before);
}

// SIP in HEP, which tshark has no dissector for: where only the copies are in a capture, editcap cuts what is around each
// message off, and tshark reads the rest; where the messages are there as well, what HEP tells is what tshark finds on the wire.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCaptures } from '../../src/pipeline.ts';
import { describeSip, readSipByFrame } from './sip-by-frame.ts';
import { tsharkVersion } from './tshark.ts';

const SAMPLE = resolve(import.meta.dirname, '../../samples/hep-mirror');
const isCi = ['true', '1'].includes(process.env['CI'] ?? '');
const isSkipped = tsharkVersion() === undefined && !isCi;
const skipped = isSkipped ? ' (SKIPPED: there is no tshark)' : '';
const folder = mkdtempSync(join(tmpdir(), 'sipspect-hep-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Octets of the headers of Ethernet, IPv4 and UDP, then of what Kamailio puts before a message. */
const CARRIER = 14 + 20 + 8;
test.skipIf(isSkipped).each([
  ['hep.pcap', CARRIER + 99],
  ['version-1.pcap', CARRIER + 16],
  ['version-2.pcap', CARRIER + 28],
])(`%s holds the messages that tshark reads of what is behind %i octets${skipped}`, async (name, octets) => {
  const bare = join(folder, name);
  run('editcap', '-F', 'pcap', '-T', 'user0', '-L', '-C', `0:${octets}`, join(SAMPLE, name), bare);
  const theirs = tsharkFields(bare, SIP, ['-o', 'uat:user_dlts:"User 0 (DLT=147)","sip","0","","0",""']);
  const ours = await readSipByFrame(join(SAMPLE, name));
  expect([...ours.values()]).toEqual(theirs.map(described));
  expect(theirs).toHaveLength(13);
});

test.skipIf(isSkipped)(
  `both.pcapng: HEP tells of what is on the wire, and between whom${skipped}`,
  async () => {
    const path = join(SAMPLE, 'both.pcapng');
    const theirs = tsharkFields(path, [...SIP, 'ip.src', 'udp.srcport', 'ip.dst', 'udp.dstport']).map(
      (row) => `${described(row)} ${row[5]}:${row[6]} ${row[7]}:${row[8]}`,
    );
    expect(await copiesOf(path, true)).toEqual(theirs.sort());
    expect(theirs).toHaveLength(13);
  },
);

test.skipIf(isSkipped)(`tcp.pcap.gz: the same${skipped}`, async () => {
  const path = join(SAMPLE, 'tcp.pcap.gz');
  const theirs = tsharkFields(path, [...SIP, 'ip.src', 'ip.dst']).map(
    (row) => `${described(row)} ${row[5]} ${row[6]}`,
  );
  expect(await copiesOf(path, false)).toEqual(theirs.sort());
  expect(theirs).toHaveLength(13);
});

/** What the capture shows for the second time: here that is what HEP tells of. */
async function copiesOf(path: string, ports: boolean): Promise<string[]> {
  const copies: string[] = [];
  await readCaptures({
    inputs: [path],
    onMessage(message) {
      if (message.duplicateOf === 0) return;
      const { callId, cseqNumber, cseqMethod, method, status, src, dst } = message;
      const sip = described([
        callId,
        String(cseqNumber),
        cseqMethod,
        method,
        status === 0 ? '' : String(status),
      ]);
      copies.push(`${sip} ${ports ? src.text : src.ip} ${ports ? dst.text : dst.ip}`);
    },
  });
  return copies.sort();
}

function described([callId, number, cseqMethod, method, status]: readonly string[]): string {
  return describeSip({
    callIds: [callId!],
    cseqs: [`${number} ${cseqMethod}`],
    methods: method ? [method] : [],
    statuses: status ? [status] : [],
  });
}

/** A row for each packet with SIP. */
function tsharkFields(path: string, fields: readonly string[], options: readonly string[] = []): string[][] {
  const asked = fields.flatMap((field) => ['-e', field]);
  const text = run('tshark', ...options, '-r', path, '-Y', 'sip', '-T', 'fields', ...asked);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
}

function run(program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout;
}

const SIP = ['sip.Call-ID', 'sip.CSeq.seq', 'sip.CSeq.method', 'sip.Method', 'sip.Status-Code'];

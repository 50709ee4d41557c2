// What agents say by HEP, against the octets that tshark hands out of the same packets: it has no dissector for HEP, so that its
// UDP payloads and TCP streams are taken apart here, by the specification and in other ways than in src/network.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCaptures } from '../../src/pipeline.ts';
import { pcap } from '../cli/captures.ts';
import { hep3, mirrored } from '../network/hep-wire.ts';
import { OPTIONS } from '../network/octets.ts';
import { tsharkVersion } from './tshark.ts';

const SAMPLE = resolve(import.meta.dirname, '../../samples/hep-mirror');
const isCi = ['true', '1'].includes(process.env['CI'] ?? '');
const isSkipped = tsharkVersion() === undefined && !isCi;
const skipped = isSkipped ? ' (SKIPPED: there is no tshark)' : '';
const folder = mkdtempSync(join(tmpdir(), 'sipspect-hep-fields-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Frame, agent, correlation ID and name of each message that HEP tells of. */
type Told = readonly [frame: number, agent: number | null, correlationId: string, node: string];

const named = join(folder, 'named.pcap');
const names = ['sbc-1', '', 'Vermittlung Süd', '\x1b[2J'];
writeFileSync(
  named,
  pcap(
    names.map((name, n) =>
      mirrored(
        hep3({
          ...{ agent: 2 ** 31 + n, seen: 1_000_000 + 1000 * n, node: Buffer.from(name) },
          ...{ correlationId: Buffer.from(`${n}@${name}`), payload: Buffer.from(`${OPTIONS}`) },
        }),
      ),
    ),
  ),
);

test.skipIf(isSkipped).each([
  [join(SAMPLE, 'both.pcapng'), 13],
  [join(SAMPLE, 'hep.pcap'), 13],
  [join(SAMPLE, 'version-1.pcap'), 13],
  [join(SAMPLE, 'version-2.pcap'), 13],
  [named, names.length],
])(`%s: what is in %i packets${skipped}`, async (path, count) => {
  const theirs = tsharkPayloads(path).map(([frame, payload]) => told(Number(frame), payload!));
  expect(await ours(path)).toEqual(theirs);
  expect(theirs).toHaveLength(count);
});

test.skipIf(isSkipped)(`tcp.pcap.gz: agents, by connection${skipped}`, async () => {
  const path = join(SAMPLE, 'tcp.pcap.gz');
  const rows = tsharkFields(path, 'tcp.dstport == 9060 && tcp.len > 0', ['tcp.stream', 'tcp.payload']);
  const streams = new Map<string, string>();
  for (const [stream, payload] of rows) streams.set(stream!, (streams.get(stream!) ?? '') + payload);
  const theirs = [...streams.values()].flatMap(packetsOf).map((packet) => told(0, packet).slice(1));
  expect((await ours(path)).map(([, ...rest]) => rest)).toEqual(theirs);
  expect(theirs).toHaveLength(13);
});

async function ours(path: string): Promise<Told[]> {
  const all: Told[] = [];
  await readCaptures({
    inputs: [path],
    onMessage({ frame, passage }) {
      const hep = passage?.hep ?? null;
      if (hep !== null) all.push([frame, hep.agent, hep.correlationId, hep.node]);
    },
  });
  return all;
}

function told(frame: number, payload: string): Told {
  const octets = Buffer.from(payload, 'hex');
  if (!payload.startsWith(HEP3)) {
    // Version 2: a header of 16 octets, the time, then the number of the agent in the order of Kamailio's host.
    return [frame, octets[0] === 2 ? octets.readUInt16LE(24) : null, '', ''];
  }
  const chunk = (type: string): Buffer | undefined => {
    for (let rest = payload.slice(12); rest !== ''; ) {
      const digits = 2 * Number.parseInt(rest.slice(8, 12), 16);
      if (rest.startsWith(`0000${type}`)) return Buffer.from(rest.slice(12, digits), 'hex');
      rest = rest.slice(digits);
    }
    return undefined;
  };
  return [
    frame,
    chunk('000c')?.readUInt32BE() ?? null,
    chunk('0011')?.toString() ?? '',
    chunk('0013')?.toString() ?? '',
  ];
}

/** The packets of HEP in the digits of a stream. */
function packetsOf(stream: string): string[] {
  if (stream === '') return [];
  const digits = 2 * Number.parseInt(stream.slice(8, 12), 16);
  return [stream.slice(0, digits), ...packetsOf(stream.slice(digits))];
}

function tsharkPayloads(path: string): string[][] {
  return tsharkFields(path, 'udp.dstport == 9060', ['frame.number', 'udp.payload']);
}

function tsharkFields(path: string, filter: string, fields: readonly string[]): string[][] {
  const asked = fields.flatMap((field) => ['-e', field]);
  const args = ['-r', path, '-Y', filter, '-T', 'fields', ...asked];
  const { status, stdout, stderr } = spawnSync('tshark', args, { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
}

const HEP3 = Buffer.from('HEP3').toString('hex');

// Classic captures of the wild, packet by packet, against the pcap-parser package.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { parse } from 'pcap-parser';
import { expect, test } from 'vitest';
import { pcapHeader, pcapRecord } from './build.ts';
import { type ReadPacket, readAll } from './read.ts';
import { hasSharedCaptures, sharedCaptures, whetherShared } from './shared.ts';

interface Difference {
  readonly capture: string;
  readonly difference: string;
  readonly reason: string;
}

const REVIEWED: readonly Difference[] = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../differences/pcap-parser.json'), 'utf8'),
);

test('a capture of our own is the same to both', async () => {
  const records = [0, 1, 70].map((length) =>
    pcapRecord(Buffer.alloc(length, 7), { fraction: length, original: 80 }),
  );
  expect(await difference(Buffer.concat([pcapHeader(), ...records]))).toBe(undefined);
});

test.skipIf(!hasSharedCaptures)(
  `every classic capture is the same to both, but for the reviewed differences${whetherShared}`,
  async () => {
    const found: Omit<Difference, 'reason'>[] = [];
    let compared = 0;
    for (const { name, path } of sharedCaptures()) {
      const file = readFileSync(path);
      const octets = file.readUInt16BE(0) === 0x1f8b ? gunzipSync(file) : file;
      if (octets.readUInt32BE(0) === 0x0a0d0d0a) continue;
      compared++;
      const different = await difference(octets);
      if (different !== undefined) found.push({ capture: name, difference: different });
    }
    expect(compared).toBeGreaterThan(110);
    expect(found).toEqual(REVIEWED.map(({ reason, ...difference }) => difference));
  },
);

async function difference(octets: Buffer): Promise<string | undefined> {
  const ours = readAll(octets).packets.map(plain);
  const theirs = await readWithPcapParser(octets);
  if (typeof theirs === 'string') return `refused: ${theirs}`;
  if (theirs.length !== ours.length) return `${theirs.length} packets instead of ${ours.length}`;
  const at = ours.findIndex((packet, index) => packet !== theirs[index]);
  return at < 0 ? undefined : `packet ${at + 1} differs`;
}

function plain({ time, data, originalLength }: ReadPacket): string {
  return `${time} ${originalLength} ${data}`;
}

/** Its packets, or why it refuses. All octets in one chunk, so that it never copies what it has; it is not for bad files. */
function readWithPcapParser(octets: Buffer): Promise<string[] | string> {
  return new Promise((done) => {
    const packets: string[] = [];
    const parser = parse(Readable.from([octets]));
    parser.on('packet', ({ header, data }) => {
      const micros = String(header.timestampMicroseconds).padStart(6, '0');
      const time = `${header.timestampSeconds}.${micros}000`;
      packets.push(`${time} ${header.originalLength} ${data.toString('hex')}`);
    });
    parser.on('error', (error) => done(error.message));
    parser.on('end', () => done(packets));
  });
}

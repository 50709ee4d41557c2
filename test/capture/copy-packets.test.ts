// Chosen packets of captures, written as a new capture.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CopyOptions, copyPackets } from '../../src/capture/copy-packets.ts';
import { CopyRefused } from '../../src/capture/copy-refused.ts';
import { damaged, pcap, pcapng, timedPcapng } from './arbitrary.ts';
import {
  BE,
  block,
  enhanced,
  iface,
  LE,
  option,
  options,
  pad,
  pcapHeader,
  pcapRecord,
  section,
} from './build.ts';
import { type ReadPacket, readAll } from './read.ts';

const DATA = Buffer.from('0102030405', 'hex');
const LATER = Buffer.from('aabbcc', 'hex');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sipspect-copy-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function copy(
  captures: readonly Buffer[],
  format: CopyOptions['format'],
  frames: CopyOptions['frames'] = null,
): Promise<Buffer> {
  const inputs = captures.map((octets, index) => {
    const path = join(folder, `${index}.capture`);
    writeFileSync(path, octets);
    return path;
  });
  const written: Buffer[] = [];
  await copyPackets({ inputs, frames, format, write: (octets) => void written.push(Buffer.from(octets)) });
  return Buffer.concat(written);
}

const contents = ({ packets, codes }: ReturnType<typeof readAll>) => ({
  packets: packets.map(({ offset, ...packet }: ReadPacket) => packet),
  codes,
});

test('all packets of one capture in its own format: the same octets', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(pcap, pcapng), async (octets) => {
      const format = readAll(octets).reader.format as CopyOptions['format'];
      expect((await copy([octets], format)).toString('hex')).toBe(octets.toString('hex'));
    }),
    { numRuns: 100 },
  );
});

test('any capture as pcapng: the same packets', async () => {
  await fc.assert(
    fc.asyncProperty(pcap, timedPcapng, fc.nat(1), async (one, other, order) => {
      expect(contents(readAll(await copy([one], 'pcapng')))).toEqual(contents(readAll(one)));
      const both = readAll(await copy(order === 0 ? [one, other] : [other, one], 'pcapng'));
      const expected = [...readAll(one).packets, ...readAll(other).packets];
      const key = ({ time, data, linkType, originalLength }: ReadPacket) =>
        JSON.stringify([time, data, linkType, originalLength]);
      expect({ packets: both.packets.map(key).sort(), codes: both.codes }).toEqual({
        packets: expected.map(key).sort(),
        codes: [],
      });
    }),
    { numRuns: 60 },
  );
});

test('damaged captures: every packet that could be read is in the copy', async () => {
  await fc.assert(
    fc.asyncProperty(damaged, damaged, async (one, other) => {
      const expected = [...readAll(one).packets, ...readAll(other).packets];
      const written = readAll(await copy([one, other], 'pcapng'));
      const key = ({ data, originalLength }: ReadPacket) => `${data} ${originalLength}`;
      expect(written.packets.map(key).sort()).toEqual(expected.map(key).sort());
      const same = readAll(await copy([one], readAll(one).reader.format === 'pcapng' ? 'pcapng' : 'pcap'));
      expect(same.packets.map(key)).toEqual(readAll(one).packets.map(key));
    }),
    { numRuns: 200 },
  );
});

test('chosen frames of a classic pcap keep header, byte order and resolution', async () => {
  const header = pcapHeader({ e: BE, magic: 0xa1b23c4d, snapLength: 96 });
  const records = [1, 2, 3, 4].map((fraction) => pcapRecord(DATA, { e: BE, fraction }));
  const written = await copy([Buffer.concat([header, ...records])], 'pcap', new Set([2, 4]));
  expect(written).toEqual(Buffer.concat([header, records[1]!, records[3]!]));
});

test('chosen frames of a pcapng: every block but packets and what is not to be copied', async () => {
  const head = [section(BE, [option(1, 'c', BE)]), iface(BE, { link: 113 }), block(4, Buffer.alloc(4), BE)];
  const packets = [1n, 2n].map((time) => enhanced(DATA, { e: BE, time, list: [option(1, 'packet', BE)] }));
  const secret = block(10, BE.u32(0x544c534b, 4, 0x41424344), BE);
  const input = [...head, packets[0]!, block(0x40000bad, BE.u32(1), BE), secret, packets[1]!];
  const written = await copy([Buffer.concat(input)], 'pcapng', new Set([2]));
  expect(written).toEqual(Buffer.concat([...head, secret, packets[1]!]));
});

test('a section that said its length says it no more', async () => {
  const input = [section(LE, [], 72n), iface(), enhanced(DATA)];
  const written = await copy([Buffer.concat(input)], 'pcapng');
  expect(written).toEqual(Buffer.concat([section(), iface(), enhanced(DATA)]));
});

test('captures of different link types merge into pcapng, interfaces numbered anew, options turned round', async () => {
  const options1 = (e: typeof LE) => [
    option(2, 'lan', e),
    option(9, Buffer.of(9), e),
    option(14, e.u64(7n), e),
  ];
  const flags = (e: typeof LE) => [option(1, 'seen', e), option(2, e.u32(1), e), option(4, e.u64(5n), e)];
  const secret = Buffer.from('KEYS');
  const first = Buffer.concat([
    section(BE),
    iface(BE, { link: 101 }),
    iface(BE, { link: 113, list: options1(BE) }),
    block(10, Buffer.concat([BE.u32(0x544c534b, 4), secret]), BE),
    enhanced(DATA, { e: BE, id: 1, time: 5n, original: 60, list: flags(BE) }),
    block(5, Buffer.concat([BE.u32(1, 1, 2), options([option(4, BE.u64(10n), BE)])]), BE),
  ]);
  const second = Buffer.concat([
    pcapHeader({ link: 1, snapLength: 128 }),
    pcapRecord(LATER, { seconds: 9, fraction: 8, original: 4 }),
  ]);
  const written = await copy([second, first], 'pcapng');
  expect(written.toString('hex')).toBe(
    Buffer.concat([
      section(LE, [option(4, 'sipspect')]),
      block(10, Buffer.concat([LE.u32(0x544c534b, 4), secret])),
      iface(LE, { link: 113, list: options1(LE) }),
      enhanced(DATA, { id: 0, time: 5n, original: 60, list: flags(LE) }),
      block(5, Buffer.concat([LE.u32(0, 1, 2), options([option(4, LE.u64(10n))])])),
      iface(LE, { link: 1, snapLength: 128, list: [option(9, Buffer.of(6))] }),
      enhanced(LATER, { id: 1, time: 9_000_008n, original: 4 }),
    ]).toString('hex'),
  );
});

test('pcapng as classic pcap: nanoseconds', async () => {
  const list = [option(9, Buffer.of(9))];
  const input = [section(), iface(LE, { list, snapLength: 96 }), enhanced(DATA, { time: 1_000_000_007n })];
  const written = await copy([Buffer.concat(input)], 'pcap');
  expect(written).toEqual(
    Buffer.concat([
      pcapHeader({ magic: 0xa1b23c4d, snapLength: 96 }),
      pcapRecord(DATA, { seconds: 1, fraction: 7 }),
    ]),
  );
});

test('two classic pcaps, one of them not there: microseconds', async () => {
  const one = Buffer.concat([pcapHeader({ e: BE }), pcapRecord(DATA, { e: BE, seconds: 2, fraction: 7 })]);
  const two = Buffer.concat([pcapHeader(), pcapRecord(LATER, { seconds: 1, fraction: 8 })]);
  const expected = [pcapHeader(), pcapRecord(LATER, { seconds: 1, fraction: 8 })];
  expect(await copy([one, two, Buffer.alloc(0)], 'pcap')).toEqual(
    Buffer.concat([...expected, pcapRecord(DATA, { seconds: 2, fraction: 7 })]),
  );
});

test('classic pcap refuses a second link type', async () => {
  const input = [section(), iface(), iface(LE, { link: 113 }), enhanced(DATA), enhanced(DATA, { id: 1 })];
  await expect(copy([Buffer.concat(input)], 'pcap')).rejects.toEqual(
    new CopyRefused(
      'classic pcap holds packets of one link type only: packet 2 is of link type 113, those before it are of ' +
        'link type 1; pcapng holds both',
    ),
  );
  expect((await copy([Buffer.concat(input)], 'pcap', new Set([2]))).readUInt32LE(20)).toBe(113);
});

test('no packets: still a capture', async () => {
  const none = new Set<number>();
  const header = pcapHeader({ link: 113 });
  expect(await copy([Buffer.concat([header, pcapRecord(DATA)])], 'pcap', none)).toEqual(header);
  expect(await copy([Buffer.concat([header, pcapRecord(DATA)])], 'pcapng', none)).toEqual(
    section(LE, [option(4, 'sipspect')]),
  );
  expect(readAll(await copy([Buffer.alloc(0)], 'pcap', none)).reader.format).toBe('pcap');
});

test('a packet that claims more than its block holds is written with what there is', async () => {
  const wrong = enhanced(DATA);
  wrong.writeUInt32LE(500, 20);
  const written = await copy([Buffer.concat([section(), iface(), wrong]), pcapHeader()], 'pcapng');
  expect(readAll(written).packets.map(({ data }) => data)).toEqual([pad(DATA).toString('hex')]);
});

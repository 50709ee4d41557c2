// What the writers write, the reader reads; and it is written as the drafts say, octet by octet.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Packet } from '../../src/capture/packet.ts';
import { writePcapHeader, writePcapRecord } from '../../src/capture/pcap-writer.ts';
import {
  writeEnhancedPacket,
  writeInterface,
  writeNames,
  writeSecrets,
  writeSectionHeader,
} from '../../src/capture/pcapng-writer.ts';
import { block, enhanced, iface, LE, option, pad, pcapHeader, pcapRecord, section } from './build.ts';
import { readAll } from './read.ts';

function packetOf(data: Buffer, seconds: number, nanoseconds: number, originalLength = data.length): Packet {
  return Object.assign(new Packet(), {
    data,
    start: 0,
    end: data.length,
    seconds,
    nanoseconds,
    originalLength,
  });
}

const DATA = Buffer.from('0102030405', 'hex');
const ETHERNET = { linkType: 1, fcsLength: 0, snapLength: 0 };

test('classic pcap, octet by octet', () => {
  const packet = packetOf(DATA, 1_700_000_000, 123_456_789, 60);
  const micro = { linkType: 1, fcsLength: 4, snapLength: 96, nanoseconds: false };
  const nano = { linkType: 228, fcsLength: 0, snapLength: 0, nanoseconds: true };
  expect([writePcapHeader(micro), writePcapRecord(micro, packet)]).toEqual([
    pcapHeader({ link: 0x24000001, snapLength: 96 }),
    pcapRecord(DATA, { fraction: 123_456, original: 60 }),
  ]);
  expect([writePcapHeader(nano), writePcapRecord(nano, packet)]).toEqual([
    pcapHeader({ magic: 0xa1b23c4d, link: 228, snapLength: 262_144 }),
    pcapRecord(DATA, { fraction: 123_456_789, original: 60 }),
  ]);
});

test('pcapng, octet by octet', () => {
  const packet = packetOf(DATA, 1_700_000_000, 123_456_789, 60);
  const described = { ...ETHERNET, fcsLength: 4, snapLength: 96, name: 'eth0', description: 'the LAN' };
  const list = [option(2, 'eth0'), option(3, 'the LAN'), option(9, Buffer.of(6)), option(13, Buffer.of(4))];
  const secret = { type: 0x544c534b, data: DATA };
  const time = 1_700_000_000_123_456n;
  expect([
    writeSectionHeader(),
    writeInterface(described, 6),
    writeEnhancedPacket(2, packet, 6, 0, 'seen'),
    writeSecrets(secret),
  ]).toEqual([
    section(LE, [option(4, 'sipspect')]),
    iface(LE, { snapLength: 96, list }),
    enhanced(DATA, { id: 2, time, original: 60, list: [option(1, 'seen')] }),
    block(10, Buffer.concat([LE.u32(0x544c534b, 5), pad(DATA)])),
  ]);
});

test('names are read as they were written', () => {
  const v6 = Buffer.from('20010db8000000000000000000000001', 'hex');
  const names = [
    [Buffer.of(192, 0, 2, 1), 'proxy'],
    [v6, 'phone'],
  ] as const;
  const { reader } = readAll(Buffer.concat([writeSectionHeader(), writeNames(names)]));
  expect([...reader.names]).toEqual([
    ['192.0.2.1', 'proxy'],
    ['2001:db8::1', 'phone'],
  ]);
});

test('any packets, written and read again, are the same in either form', () => {
  const packets = fc.array(
    fc.record({
      data: fc.uint8Array({ maxLength: 50 }).map((octets) => Buffer.from(octets)),
      seconds: fc.nat(2 ** 32 - 1),
      nanoseconds: fc.nat(999_999_999),
      originalLength: fc.nat(2 ** 32 - 1),
    }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(packets, (list) => {
      const file = { ...ETHERNET, nanoseconds: true };
      const all = list.map((item) =>
        packetOf(item.data, item.seconds, item.nanoseconds, item.originalLength),
      );
      const pcap = [writePcapHeader(file), ...all.map((packet) => writePcapRecord(file, packet))];
      const head = [writeSectionHeader(), writeInterface(ETHERNET)];
      const pcapng = [...head, ...all.map((packet) => writeEnhancedPacket(0, packet))];
      const expected = list.map((item) => ({
        time: `${item.seconds}.${String(item.nanoseconds).padStart(9, '0')}`,
        data: item.data.toString('hex'),
        originalLength: item.originalLength,
        linkType: 1,
      }));
      for (const octets of [Buffer.concat(pcap), Buffer.concat(pcapng)]) {
        const { packets: read, codes } = readAll(octets);
        expect({ read: read.map(({ offset, ...packet }) => packet), codes }).toEqual({
          read: expected,
          codes: [],
        });
      }
    }),
  );
});

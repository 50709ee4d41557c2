// Classic pcap in all its forms, built octet by octet.
import { expect, test } from 'vitest';
import { BE, LE, pcapHeader, pcapRecord } from './build.ts';
import { readAll } from './read.ts';

const DATA = Buffer.from('0102030405', 'hex');
const PACKET = {
  time: '1700000000.000000000',
  data: '0102030405',
  originalLength: 5,
  linkType: 1,
  offset: 24,
};

test.each([
  ['little endian', LE],
  ['big endian', BE],
])('microseconds, %s', (_, e) => {
  const first = pcapRecord(DATA, { e, fraction: 123_456 });
  const second = pcapRecord(Buffer.alloc(0), { e, seconds: 4_294_967_295, fraction: 999_999, original: 60 });
  const { packets, codes, reader } = readAll(Buffer.concat([pcapHeader({ e }), first, second]));
  expect({ packets, codes, format: reader.format, ended: reader.ended }).toEqual({
    packets: [
      { ...PACKET, time: '1700000000.123456000' },
      { time: '4294967295.999999000', data: '', originalLength: 60, linkType: 1, offset: 45 },
    ],
    codes: [],
    format: 'pcap',
    ended: true,
  });
});

test.each([
  ['little endian', LE],
  ['big endian', BE],
])('nanoseconds, %s', (_, e) => {
  const record = pcapRecord(DATA, { e, fraction: 123_456_789 });
  const { packets, codes } = readAll(Buffer.concat([pcapHeader({ e, magic: 0xa1b23c4d }), record]));
  expect({ packets, codes }).toEqual({ packets: [{ ...PACKET, time: '1700000000.123456789' }], codes: [] });
});

test.each([
  ['little endian', LE],
  ['big endian', BE],
])("Kuznetzov's form has eight octets more before each packet, %s", (_, e) => {
  const extra = Buffer.concat([e.u32(2), e.u16(0x0800), Buffer.of(4, 0)]);
  const record = pcapRecord(DATA, { e, extra, fraction: 7 });
  const { packets, codes } = readAll(Buffer.concat([pcapHeader({ e, magic: 0xa1b2cd34 }), record, record]));
  const packet = { ...PACKET, time: '1700000000.000007000' };
  expect({ packets, codes }).toEqual({ packets: [packet, { ...packet, offset: 53 }], codes: [] });
});

test.each([
  ['hardware', 0x1c0001ac],
  ['software', 0x1c0001ab],
])("Ixia's form with %s time stamps has the size of all records behind the header", (_, magic) => {
  const record = pcapRecord(DATA, { fraction: 9 });
  const { packets, codes } = readAll(Buffer.concat([pcapHeader({ magic }), LE.u32(record.length), record]));
  expect({ packets, codes }).toEqual({
    packets: [{ ...PACKET, time: '1700000000.000000009', offset: 28 }],
    codes: [],
  });
});

test.each([
  ['before 2.3', 2, 2, 4, 60, 4, 60],
  ['DG/UX', 543, 0, 4, 60, 4, 60],
  ['2.3, lengths the old way round', 2, 3, 4, 60, 4, 60],
  ['2.3, lengths as today', 2, 3, 60, 4, 4, 60],
])('lengths the other way round: %s', (_, major, minor, second, first, captured, original) => {
  const data = Buffer.alloc(captured, 0xab);
  const record = Buffer.concat([LE.u32(1_700_000_000, 0, first, second), data]);
  const { packets, codes } = readAll(Buffer.concat([pcapHeader({ major, minor }), record]));
  expect({ packets, codes }).toEqual({
    packets: [{ ...PACKET, data: 'abababab', originalLength: original }],
    codes: [],
  });
});

test('the link type field may say the length of the FCS, in 16-bit words', () => {
  const link = 0x24000071 >>> 0;
  const { reader } = readAll(Buffer.concat([pcapHeader({ link, snapLength: 96 })]));
  expect(reader.pcapHeader?.iface).toEqual({ id: 0, linkType: 113, fcsLength: 4, snapLength: 96 });
});

test('USB packets may be longer than those of other link types', () => {
  const data = Buffer.alloc(300_000);
  const { packets, codes } = readAll(
    Buffer.concat([pcapHeader({ link: 249 }), pcapRecord(data), pcapRecord(DATA)]),
    [4096],
  );
  expect({ lengths: packets.map((packet) => packet.originalLength), codes }).toEqual({
    lengths: [300_000, 5],
    codes: [],
  });
});

test('a fraction of more than a second is carried over, and said once', () => {
  const record = pcapRecord(DATA, { fraction: 2_500_000 });
  const { packets, diagnostics } = readAll(Buffer.concat([pcapHeader(), record, record]));
  const packet = { ...PACKET, time: '1700000002.500000000' };
  expect({ packets, diagnostics }).toEqual({
    packets: [packet, { ...packet, offset: 45 }],
    diagnostics: [
      {
        code: 'pcap/fraction-out-of-range',
        severity: 'warning',
        message: 'the record at byte 24 has 2500000 units of 1/1000000 s as the fraction of its second',
        at: 24,
      },
    ],
  });
});

// Every block of pcapng, built octet by octet, in both byte orders.
import { expect, test } from 'vitest';
import { Packet } from '../../src/capture/packet.ts';
import { CaptureReader } from '../../src/capture/reader.ts';
import { BE, block, enhanced, iface, LE, option, options, pad, section } from './build.ts';
import { readAll } from './read.ts';

const DATA = Buffer.from('0102030405', 'hex');
const PACKET = { time: '1700000000.000000000', data: '0102030405', originalLength: 5, linkType: 1 };

const ORDERS = [
  ['little endian', LE],
  ['big endian', BE],
] as const;

test.each(ORDERS)('a section, an interface, enhanced packets: %s', (_, e) => {
  const head = Buffer.concat([section(e), iface(e)]);
  const packet = enhanced(DATA, { e, original: 1500, time: 1_700_000_000_123_456n });
  const { packets, codes, reader } = readAll(Buffer.concat([head, packet, enhanced(DATA, { e })]));
  expect({ packets, codes, format: reader.format, ended: reader.ended }).toEqual({
    packets: [
      { ...PACKET, time: '1700000000.123456000', originalLength: 1500, offset: head.length },
      { ...PACKET, offset: head.length + packet.length },
    ],
    codes: [],
    format: 'pcapng',
    ended: true,
  });
});

test.each(ORDERS)('simple packets have the time of the packet before and the first interface: %s', (_, e) => {
  const simple = block(3, Buffer.concat([e.u32(9), pad(DATA)]), e);
  const parts = [section(e), iface(e, { link: 113, snapLength: 5 }), simple, enhanced(DATA, { e }), simple];
  const { packets, codes } = readAll(Buffer.concat(parts));
  const expected = { ...PACKET, linkType: 113, originalLength: 9 };
  const offsets = packets.map((packet) => packet.offset);
  expect({ packets: packets.map(({ offset, ...packet }) => packet), codes, offsets }).toEqual({
    packets: [{ ...expected, time: '0.000000000' }, { ...expected, originalLength: 5 }, expected],
    codes: [],
    offsets: [48, 72, 112],
  });
});

test.each(ORDERS)('the obsolete packet block: %s', (_, e) => {
  const fields = Buffer.concat([e.u16(1, 7), e.u32(395_812, 0x12345678, 5, 60)]);
  const parts = [
    section(e),
    iface(e),
    iface(e, { link: 101 }),
    block(2, Buffer.concat([fields, pad(DATA)]), e),
  ];
  const { packets, codes } = readAll(Buffer.concat(parts));
  const time = (395_812n << 32n) | 0x12345678n;
  expect({ packets, codes }).toEqual({
    packets: [
      {
        ...PACKET,
        time: `${time / 1_000_000n}.${String(time % 1_000_000n).padStart(6, '0')}000`,
        originalLength: 60,
        linkType: 101,
        offset: 68,
      },
    ],
    codes: [],
  });
});

test('sections of both byte orders in one file, each with interfaces of its own', () => {
  const parts = [LE, BE, LE].flatMap((e, index) => [
    section(e),
    iface(e, { link: 100 + index }),
    iface(e, { link: 200 + index }),
    enhanced(DATA, { e, id: 1 }),
    enhanced(DATA, { e, id: 0 }),
  ]);
  const { packets, codes } = readAll(Buffer.concat(parts));
  expect({ links: packets.map((packet) => packet.linkType), codes }).toEqual({
    links: [200, 100, 201, 101, 202, 102],
    codes: [],
  });
});

const TIME = 0x0123456789abcdefn;
test.each([
  ['seconds', 0, 1_700_000_000n, '1700000000.000000000'],
  ['milliseconds', 3, 1_700_000_000_123n, '1700000000.123000000'],
  ['microseconds', 6, 1_700_000_000_123_456n, '1700000000.123456000'],
  ['nanoseconds', 9, 1_700_000_000_123_456_789n, '1700000000.123456789'],
  ['nanoseconds, all bits', 9, 0xffffffffffffffffn, '18446744073.709551615'],
  ['picoseconds', 12, 1_700_000_123_456_789_012n, '1700000.123456789'],
  ['10^-19', 19, 12_345_678_901_234_567_890n, '1.234567890'],
  ['10^-127', 127, 5n, '0.000000000'],
  ['2^-1', 0x81, 3_400_000_001n, '1700000000.500000000'],
  ['2^-10', 0x8a, (1_700_000_000n << 10n) | 1n, '1700000000.000976562'],
  ['2^-20', 0x94, (1_700_000_000n << 20n) | 0xfffffn, '1700000000.999999046'],
  [
    '2^-32',
    0xa0,
    TIME,
    `${TIME >> 32n}.${String(((TIME & 0xffffffffn) * 1_000_000_000n) >> 32n).padStart(9, '0')}`,
  ],
  ['2^-64', 0xc0, 1n << 63n, '0.500000000'],
])('time stamps in %s', (_, resolution, time, expected) => {
  const list = [option(9, Buffer.of(resolution))];
  const { packets, codes } = readAll(
    Buffer.concat([section(), iface(LE, { list }), enhanced(DATA, { time })]),
  );
  expect({ times: packets.map((packet) => packet.time), codes }).toEqual({ times: [expected], codes: [] });
});

test.each(ORDERS)('if_tsoffset is added, also a negative one: %s', (_, e) => {
  const list = (seconds: bigint) => [option(14, e.u64(seconds), e)];
  const parts = [
    section(e),
    iface(e, { list: list(1_000_000_000n) }),
    iface(e, { list: list(-3600n) }),
    enhanced(DATA, { e, id: 0, time: 5n }),
    enhanced(DATA, { e, id: 1, time: 1_700_000_000_000_001n }),
  ];
  expect(readAll(Buffer.concat(parts)).packets.map((packet) => packet.time)).toEqual([
    '1000000000.000005000',
    '1699996400.000001000',
  ]);
});

test.each(ORDERS)('an interface has a name, a description, FCS octets, a snap length: %s', (_, e) => {
  const list = [option(2, 'eth0', e), option(3, 'the LAN\0', e), option(13, Buffer.of(4), e)];
  const bits = [option(13, Buffer.of(32), e)];
  const flags = [option(2, e.u32(6 << 5), e)];
  const parts = [
    section(e),
    iface(e, { list, snapLength: 96 }),
    iface(e, { list: bits }),
    enhanced(DATA, { e, id: 0 }),
    enhanced(DATA, { e, id: 1 }),
    enhanced(DATA, { e, id: 1, list: flags }),
  ];
  const { reader } = readAll(Buffer.concat(parts));
  expect(reader.littleEndian).toBe(e === LE);
  expect(interfacesSeen(Buffer.concat(parts))).toEqual([
    { id: 0, linkType: 1, snapLength: 96, fcsLength: 4, name: 'eth0', description: 'the LAN' },
    { id: 1, linkType: 1, snapLength: 0, fcsLength: 4 },
    { id: 1, linkType: 1, snapLength: 0, fcsLength: 6 },
  ]);
});

test.each(ORDERS)('names, secrets, statistics, comments are kept: %s', (_, e) => {
  const v4 = Buffer.concat([Buffer.of(192, 0, 2, 1), Buffer.from('proxy.example\0alias\0')]);
  const v6 = Buffer.concat([Buffer.from('20010db8000000000000000000000001', 'hex'), Buffer.from('phone\0')]);
  const names = Buffer.concat([option(1, v4, e), option(2, v6, e), Buffer.alloc(4)]);
  const secret = Buffer.from('CLIENT_RANDOM 1 2');
  const parts = [
    section(e, [option(1, 'of the section', e)]),
    iface(e, { list: [option(1, 'of the interface', e)] }),
    block(4, names, e),
    block(10, Buffer.concat([e.u32(0x544c534b, secret.length), pad(secret)]), e),
    enhanced(DATA, { e, list: [option(1, 'first', e), option(1, 'zweiter: grün', e)] }),
    block(
      5,
      Buffer.concat([e.u32(0, 1, 2), options([option(4, e.u64(10n), e), option(5, e.u64(3n), e)])]),
      e,
    ),
  ];
  const { packets, codes, reader } = readAll(Buffer.concat(parts), [7]);
  const [packet] = packets;
  expect({ codes, names: [...reader.names], secrets: reader.secrets, statistics: reader.statistics }).toEqual(
    {
      codes: [],
      names: [
        ['192.0.2.1', 'proxy.example'],
        ['2001:db8::1', 'phone'],
      ],
      secrets: [{ type: 0x544c534b, data: secret }],
      statistics: [{ interfaceId: 0, received: 10, droppedByInterface: 3, droppedBySystem: -1 }],
    },
  );
  expect(reader.comments).toEqual([
    { on: 'section', offset: 0, text: 'of the section' },
    { on: 'interface', offset: 52, text: 'of the interface' },
    { on: 'packet', offset: packet!.offset, text: 'first' },
    { on: 'packet', offset: packet!.offset, text: 'zweiter: grün' },
  ]);
});

test.each(ORDERS)('custom and unknown blocks are passed over: %s', (_, e) => {
  const parts = [
    section(e),
    block(0x0bad, Buffer.concat([e.u32(32473), Buffer.alloc(8)]), e),
    iface(e),
    block(0x40000bad, Buffer.concat([e.u32(32473), Buffer.alloc(4)]), e),
    block(0x12345678, Buffer.alloc(0), e),
    enhanced(DATA, { e }),
    block(0x80000001, Buffer.alloc(100_000), e),
    enhanced(DATA, { e }),
  ];
  const { packets, codes } = readAll(Buffer.concat(parts), [1000]);
  expect({ count: packets.length, codes }).toEqual({ count: 2, codes: [] });
});

test('a block length without its padding is rounded up', () => {
  const packet = enhanced(DATA);
  packet.writeUInt32LE(37, 4);
  packet.writeUInt32LE(37, packet.length - 4);
  const { packets, codes } = readAll(Buffer.concat([section(), iface(), packet, enhanced(DATA)]));
  expect({ data: packets.map(({ data }) => data), codes }).toEqual({
    data: ['0102030405', '0102030405'],
    codes: [],
  });
});

function interfacesSeen(octets: Buffer): object[] {
  const seen: object[] = [];
  const reader = new CaptureReader({ source: 0, onDiagnostic: () => {} });
  const packet = new Packet();
  reader.push(octets);
  while (reader.next(packet)) {
    const { id, linkType, snapLength, fcsLength, name, description } = packet.iface;
    seen.push({
      id,
      linkType,
      snapLength,
      fcsLength,
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
    });
  }
  return seen;
}

// Damaged captures: what can be read is read, then there is one warning with the byte offset.
import { expect, test } from 'vitest';
import { block, enhanced, iface, LE, option, pad, pcapHeader, pcapRecord, section } from './build.ts';
import { readAll } from './read.ts';

const DATA = Buffer.from('0102030405', 'hex');

/** Number of packets, then code, offset and message of each diagnostic. */
function outcome(octets: Buffer): [packets: number, ...diagnostics: string[]] {
  const { packets, diagnostics } = readAll(octets);
  return [packets.length, ...diagnostics.map(({ code, at, message }) => `${code} @${at}: ${message}`)];
}

test('no octets at all', () => {
  expect(outcome(Buffer.alloc(0))).toEqual([0, 'capture/empty @0: empty: no octets']);
});

test.each([
  ['text', Buffer.from('{"not": "a capture"}\n')],
  ['zeros', Buffer.alloc(1000)],
])('%s is no capture', (_, octets) => {
  expect(outcome(octets)).toEqual([
    0,
    'capture/not-a-capture @0: not a capture: it begins like neither pcap nor pcapng',
  ]);
});

test.each([
  ['pcap', pcapHeader().subarray(0, 23), 23],
  ['pcapng', section().subarray(0, 11), 11],
  ['anything', Buffer.of(0xd4), 1],
])('less than the header of %s', (_, octets, length) => {
  expect(outcome(octets)).toEqual([
    0,
    `capture/not-a-capture @0: not a capture: ${length} octets are too few for one`,
  ]);
});

test('a pcap that ends within a record header, or within a packet', () => {
  const whole = Buffer.concat([pcapHeader(), pcapRecord(DATA), pcapRecord(DATA)]);
  const said = 'the record at byte 45 is cut short by the end of the file';
  expect(outcome(whole.subarray(0, 50))).toEqual([
    1,
    `pcap/truncated-record @45: ${said}: 5 of 16 octets are there`,
  ]);
  expect(outcome(whole.subarray(0, 65))).toEqual([
    1,
    `pcap/truncated-record @45: ${said}: 20 of 21 octets are there`,
  ]);
  expect(outcome(whole.subarray(0, 45))).toEqual([1]);
});

test.each([262_145, 0x7fffffff, 0x80000000, 0xffffffff])(
  'a record of %i octets is not believed',
  (length) => {
    const wrong = Buffer.concat([LE.u32(1_700_000_000, 0, length, length), DATA]);
    expect(outcome(Buffer.concat([pcapHeader(), pcapRecord(DATA), wrong, pcapRecord(DATA)]))).toEqual([
      1,
      `pcap/record-too-long @45: the record at byte 45 claims ${length} octets, more than any packet of link type 1 ` +
        'has (262144): what follows was not read',
    ]);
  },
);

test('a record longer than the rest of the file', () => {
  const wrong = Buffer.concat([LE.u32(1_700_000_000, 0, 200_000, 200_000), DATA]);
  expect(outcome(Buffer.concat([pcapHeader(), wrong]))).toEqual([
    0,
    'pcap/truncated-record @24: the record at byte 24 is cut short by the end of the file: 21 of 200016 octets are there',
  ]);
});

test('a pcapng that ends within a block', () => {
  const whole = Buffer.concat([section(), iface(), enhanced(DATA), enhanced(DATA)]);
  const said = 'the block at byte 88 is cut short by the end of the file';
  expect(outcome(whole.subarray(0, 95))).toEqual([
    1,
    `pcapng/truncated-block @88: ${said}: 7 of 12 octets are there`,
  ]);
  expect(outcome(whole.subarray(0, 120))).toEqual([
    1,
    `pcapng/truncated-block @88: ${said}: 32 of 40 octets are there`,
  ]);
});

test.each([0, 11, 0x02000000, 0xffffffff])('a block of %i octets is not believed', (length) => {
  const wrong = enhanced(DATA);
  wrong.writeUInt32LE(length, 4);
  expect(outcome(Buffer.concat([section(), iface(), enhanced(DATA), wrong, enhanced(DATA)]))).toEqual([
    1,
    `pcapng/block-length @88: the block at byte 88 claims ${length} octets, which cannot be: what follows was not read`,
  ]);
});

test('a block whose two lengths differ', () => {
  const wrong = enhanced(DATA);
  wrong.writeUInt32LE(64, wrong.length - 4);
  expect(outcome(Buffer.concat([section(), iface(), enhanced(DATA), wrong, enhanced(DATA)]))).toEqual([
    1,
    'pcapng/block-length-mismatch @88: the block at byte 88 is damaged: its length is 40 at its start and 64 at its ' +
      'end; what follows was not read',
  ]);
});

test('a packet longer than its block gives what the block holds, and is said once', () => {
  const wrong = enhanced(DATA);
  wrong.writeUInt32LE(500, 20);
  const { packets, diagnostics } = readAll(Buffer.concat([section(), iface(), wrong, wrong, enhanced(DATA)]));
  expect(packets.map(({ data }) => data)).toEqual(['0102030405000000', '0102030405000000', '0102030405']);
  expect(diagnostics).toEqual([
    {
      code: 'pcapng/packet-too-long',
      severity: 'warning',
      message: 'the packet at byte 48 claims 500 octets, more than its block holds',
      at: 48,
    },
  ]);
});

test('a packet of an interface that is not described is handed on with no link type', () => {
  const { packets, codes } = readAll(Buffer.concat([section(), iface(), enhanced(DATA, { id: 3 })]));
  expect({ links: packets.map(({ linkType }) => linkType), codes }).toEqual({
    links: [-1],
    codes: ['pcapng/unknown-interface'],
  });
});

test('a section of an unknown version, or without its byte-order magic', () => {
  const version = section();
  version.writeUInt16LE(2, 12);
  const magic = section();
  magic.writeUInt32LE(0x12345678, 8);
  const head = [section(), iface(), enhanced(DATA)];
  const tail = [iface(), enhanced(DATA)];
  expect(outcome(Buffer.concat([...head, version, ...tail]))).toEqual([
    1,
    'pcapng/version @88: the section at byte 88 is of version 2.0, which is not known',
  ]);
  expect(outcome(Buffer.concat([...head, magic, ...tail]))).toEqual([
    1,
    'pcapng/byte-order @88: the section header at byte 88 has no byte-order magic',
  ]);
});

test('blocks too short for their fields are passed over', () => {
  const short = [6, 2, 3, 1, 4, 5, 10].map((type) => block(type, Buffer.alloc(0)));
  const { packets, codes } = readAll(Buffer.concat([section(), iface(), ...short, enhanced(DATA)]));
  expect({ count: packets.length, codes }).toEqual({ count: 1, codes: ['pcapng/block-too-short'] });
});

test('options that do not fit their block are not read', () => {
  const broken = option(2, 'eth0');
  broken.writeUInt16LE(60_000, 2);
  const { packets, codes } = readAll(
    Buffer.concat([section(), iface(LE, { list: [broken] }), enhanced(DATA)]),
  );
  expect({ count: packets.length, codes }).toEqual({ count: 1, codes: [] });
});

test('annotations are kept up to a cap, and that there were more is said', () => {
  const comments = Buffer.concat(Array.from({ length: 9000 }, () => option(1, '')));
  const crowded = block(6, Buffer.concat([LE.u32(0, 0, 0, 5, 5), pad(DATA), comments]));
  const { reader, packets, codes } = readAll(Buffer.concat([section(), iface(), crowded, crowded]));
  expect({ packets: packets.length, comments: reader.comments.length, codes }).toEqual({
    packets: 2,
    comments: 10_000,
    codes: ['pcapng/annotations-cut'],
  });
});

test('a file of section headers alone keeps memory bounded', () => {
  const sections = Buffer.concat(Array.from({ length: 3000 }, () => Buffer.concat([section(), iface()])));
  const { codes, packets } = readAll(Buffer.concat([sections, enhanced(DATA)]));
  expect({ codes, packets: packets.length }).toEqual({ codes: ['pcapng/sections-forgotten'], packets: 1 });
});

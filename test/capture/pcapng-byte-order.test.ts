// Blocks of a big-endian section turned round: the same blocks as if a little-endian writer had written them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockInLittleEndian } from '../../src/capture/pcapng-byte-order.ts';
import { BE, block, type Endian, enhanced, iface, LE, option, options, pad } from './build.ts';

const DATA = Buffer.from('0102030405', 'hex');
const CUSTOM = (e: Endian) => option(2988, Buffer.concat([e.u32(32473), Buffer.from('text')]), e);

const BLOCKS: Readonly<Record<string, (e: Endian) => Buffer>> = {
  'an interface': (e) =>
    iface(e, {
      link: 113,
      snapLength: 96,
      list: [
        option(1, 'a comment', e),
        option(2, 'eth0', e),
        option(4, Buffer.of(192, 0, 2, 1, 255, 255, 255, 0), e),
        option(8, e.u64(1_000_000_000n), e),
        option(9, Buffer.of(9), e),
        option(10, e.u32(3600), e),
        option(14, e.u64(-7n), e),
        CUSTOM(e),
      ],
    }),
  'an enhanced packet': (e) =>
    enhanced(DATA, {
      e,
      id: 3,
      time: 0x0102030405060708n,
      list: [
        option(2, e.u32(0x12345678), e),
        option(3, Buffer.of(2, 1, 2, 3, 4), e),
        option(4, e.u64(99n), e),
        option(5, e.u64(100n), e),
        option(6, e.u32(7), e),
        CUSTOM(e),
      ],
    }),
  'an obsolete packet': (e) =>
    block(
      2,
      Buffer.concat([e.u16(1, 2), e.u32(3, 4, 5, 60), pad(DATA), options([option(2, e.u32(1), e)])]),
      e,
    ),
  names: (e) =>
    block(
      4,
      Buffer.concat([
        option(1, Buffer.concat([Buffer.of(192, 0, 2, 1), Buffer.from('a.example\0')]), e),
        option(2, Buffer.concat([Buffer.alloc(16, 1), Buffer.from('b\0')]), e),
        Buffer.alloc(4),
        options([option(2, 'resolver', e), CUSTOM(e)]),
      ]),
      e,
    ),
  'names without options': (e) =>
    block(4, Buffer.concat([option(1, Buffer.from('abcdhost\0'), e), Buffer.alloc(4)]), e),
  statistics: (e) =>
    block(
      5,
      Buffer.concat([
        e.u32(1, 2, 3),
        options([option(2, e.u32(4, 5), e), option(4, e.u64(6n), e), option(7, e.u64(7n), e)]),
      ]),
      e,
    ),
  secrets: (e) =>
    block(10, Buffer.concat([e.u32(0x544c534b, 5), pad(Buffer.from('KEY 1')), options([CUSTOM(e)])]), e),
};

test.each(Object.entries(BLOCKS))('%s', (_, build) => {
  const big = build(BE);
  expect(blockInLittleEndian(big, 0, big.length, false)?.toString('hex')).toBe(build(LE).toString('hex'));
});

test('a block that is in little endian is copied', () => {
  const octets = Buffer.concat([DATA, enhanced(DATA), DATA]);
  const copy = blockInLittleEndian(octets, 5, octets.length - 5, true);
  expect(copy).toEqual(enhanced(DATA));
  copy?.fill(0);
  expect(octets).toEqual(Buffer.concat([DATA, enhanced(DATA), DATA]));
});

test('a block whose fields are not known cannot be turned', () => {
  const custom = block(0x0bad, BE.u32(32473), BE);
  expect(blockInLittleEndian(custom, 0, custom.length, false)).toBe(undefined);
});

test('any octets for a body never throw, and keep their length, unless fields are missing', () => {
  const body = fc.uint8Array({ maxLength: 60 }).map((octets) => pad(Buffer.from(octets)));
  fc.assert(
    fc.property(fc.constantFrom(1, 2, 4, 5, 6, 10), body, (type, octets) => {
      const big = block(type, octets, BE);
      const turned = blockInLittleEndian(big, 0, big.length, false);
      const isShort = octets.length < { 1: 8, 2: 20, 4: 0, 5: 12, 6: 20, 10: 8 }[type]!;
      expect(turned && [turned.length, turned.readUInt32LE(0), turned.readUInt32LE(4)]).toEqual(
        isShort ? undefined : [big.length, type, big.length],
      );
    }),
    { numRuns: 2000 },
  );
});

// ESP: null-encrypted is recognised and gone into, encrypted is left alone.
import { expect, test } from 'vitest';
import { decode, seenOptions } from './decoding.ts';
import { bytes, hex, ipv4, type Octets, OPTIONS, SIP_IPV4, tcp, u16, udp } from './octets.ts';

const ENDS = '10.0.0.1→10.0.0.2';
const ICV = Buffer.alloc(32, 0xa7);

/** RFC 4303 §2: SPI, sequence, (IV,) payload, padding 1, 2, 3 …, its length, next header, integrity check value. */
function esp(next: number, payload: Octets, icv = 12, iv = 0, spi = '0000a71a'): Buffer {
  const padding = -(payload.length + 2) & 3;
  const pads = Uint8Array.from({ length: padding }, (_, i) => i + 1);
  return bytes(
    hex(spi),
    hex('00000007'),
    ICV.subarray(0, iv),
    payload,
    pads,
    padding,
    next,
    ICV.subarray(0, icv),
  );
}

const raw = (...packets: Octets[]) => decode(...packets.map((octets) => ({ octets, linkType: 101 })));

test.each([
  [12, 0],
  [16, 0],
  [16, 8],
  [24, 0],
  [32, 0],
  [0, 0],
])('transport mode with %i octets of check value and %i of IV', (icv, iv) => {
  const seen = raw(ipv4(50, esp(17, udp(OPTIONS), icv, iv)));
  expect([seen.datagrams, seen.outcomes]).toEqual([
    [seenOptions({ tunnel: `esp-null ${ENDS} spi 0xa71a` })],
    ['sip'],
  ]);
});

test('tunnel mode', () => {
  const seen = raw(ipv4(50, esp(4, SIP_IPV4), { src: '192.0.2.1', dst: '192.0.2.2' }));
  const tunnel = 'esp-null 192.0.2.1→192.0.2.2 spi 0xa71a / ipip 192.0.2.1→192.0.2.2';
  expect(seen.datagrams).toEqual([seenOptions({ tunnel })]);
});

test('over UDP, through address translation (RFC 3948)', () => {
  const seen = raw(ipv4(17, udp(esp(17, udp(OPTIONS)), 4500, 4500)));
  expect(seen.datagrams).toEqual([seenOptions({ tunnel: `esp-null ${ENDS} spi 0xa71a` })]);
  expect(raw(ipv4(17, udp(bytes(hex('00000000'), Buffer.alloc(40, 1)), 4500, 4500))).outcomes).toEqual([
    'not-sip',
  ]);
  expect(raw(ipv4(17, udp(hex('ff'), 4500, 4500))).outcomes).toEqual(['not-sip']);
});

test('TCP: proved by its checksum, or by SIP in it; then the association is known', () => {
  // An acknowledgment alone, with no checksum, proves nothing.
  const bare = ipv4(50, esp(6, tcp(Buffer.alloc(0), 1, 0x10)));
  expect(raw(bare).outcomes).toEqual(['esp']);
  const summed = tcp(Buffer.alloc(0), 1, 0x10);
  let sum = 6 + summed.length;
  const pseudo = bytes(hex('0a000001 0a000002'), summed);
  for (let i = 0; i < pseudo.length; i += 2) sum += (pseudo[i] << 8) | pseudo[i + 1];
  u16(~((sum & 0xffff) + (sum >>> 16)) & 0xffff).copy(summed, 16);
  expect(raw(ipv4(50, esp(6, summed))).outcomes).toEqual(['empty']);
  const seen = raw(bare, ipv4(50, esp(6, tcp(OPTIONS))), bare);
  expect([seen.stream, seen.outcomes]).toEqual([OPTIONS.toString(), ['esp', 'sip', 'empty']]);
});

test('encrypted', () => {
  const encrypted = bytes(hex('0000a71b 00000001'), Buffer.alloc(96, 0xc5));
  expect(raw(ipv4(50, encrypted)).outcomes).toEqual(['esp']);
  expect(raw(ipv4(50, encrypted.subarray(0, 12))).outcomes).toEqual(['esp']);
});

test('cut by the snap length: the trailer is not there to tell', () => {
  const octets = ipv4(50, esp(17, udp(OPTIONS)));
  const cut = { octets: octets.subarray(0, 80), linkType: 101, originalLength: octets.length };
  expect(decode(cut).outcomes).toEqual(['esp']);
});

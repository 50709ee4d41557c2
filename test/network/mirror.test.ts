// Packets that the capture shows twice, and packets that were sent twice.
import { expect, test } from 'vitest';
import { decode, type Sent } from './decoding.ts';
import { bytes, ethernet, hex, ipv4, ipv6, type Octets, OPTIONS, udp } from './octets.ts';

const PAYLOAD = udp(OPTIONS);
const packet = (at: number, fields: { id: number; ttl?: number }, payload: Octets = PAYLOAD): Sent => ({
  octets: ethernet(0x0800, ipv4(17, payload, fields)),
  at,
});
const duplicates = (...packets: Sent[]): [number[], string[]] => {
  const seen = decode(...packets);
  return [seen.datagrams.map(({ duplicateOf }) => duplicateOf), seen.outcomes];
};

test('the same packet within 400 ms, at another hop or in a tunnel, is a duplicate', () => {
  const tunneled = bytes(hex('30 ff'), hex('0000'), hex('00000001'), ipv4(17, PAYLOAD, { id: 5 }));
  expect(
    duplicates(
      packet(0, { id: 5 }),
      packet(1, { id: 5, ttl: 63 }),
      { octets: ipv4(17, udp(tunneled, 2152, 2152), { src: '192.0.2.1' }), linkType: 101, at: 300 },
      packet(400, { id: 5 }),
    ),
  ).toEqual([
    [0, 1, 1, 1],
    ['sip', 'sip-duplicate', 'sip-duplicate', 'sip-duplicate'],
  ]);
});

test('sent again: another identification, other octets or ports, or too late', () => {
  expect(
    duplicates(
      packet(0, { id: 5 }),
      packet(1, { id: 6 }),
      packet(2, { id: 5 }, udp(bytes(OPTIONS, '\r\n'))),
      packet(3, { id: 5 }, udp(OPTIONS, 5062)),
      packet(500, { id: 5 }),
    ),
  ).toEqual([
    [0, 0, 0, 0, 0],
    ['sip', 'sip', 'sip', 'sip', 'sip'],
  ]);
});

test('one octet that differs, anywhere, makes another packet', () => {
  const texts = Array.from(OPTIONS.subarray(40), (_, i) => {
    const text = Buffer.from(OPTIONS);
    text[40 + i] ^= 1;
    return text;
  });
  const [found] = duplicates(...texts.map((text) => packet(0, { id: 0 }, udp(text))));
  expect(found.filter((frame) => frame > 0)).toEqual([]);
});

test('without an identification only 2 ms are allowed', () => {
  const over6 = (at: number): Sent => ({ octets: ipv6(17, PAYLOAD), linkType: 101, at });
  expect(duplicates(packet(0, { id: 0 }), packet(1.9, { id: 0 }), packet(5, { id: 0 }))[0]).toEqual([
    0, 1, 0,
  ]);
  expect(duplicates(over6(0), over6(1.9), over6(5))[0]).toEqual([0, 1, 0]);
});

test('what is not SIP is not compared', () => {
  const rtp = packet(
    0,
    { id: 5 },
    udp(bytes(hex('8000 0001 00000010 12345678'), Buffer.alloc(160)), 16_384, 20_000),
  );
  expect(decode(rtp, rtp).outcomes).toEqual(['rtp', 'rtp']);
});

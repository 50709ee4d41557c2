// Whatever the octets: nothing is thrown, nothing hangs, and every packet settles exactly once.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decoding, type Sent } from './decoding.ts';
import {
  bytes,
  ethernet,
  fragment6,
  hex,
  ipv4,
  ipv6,
  OPTIONS,
  SIP_ETHERNET,
  SIP_IPV4,
  tcp,
  udp,
} from './octets.ts';

const LINK_TYPES = [
  0, 1, 9, 12, 14, 50, 51, 101, 104, 105, 108, 113, 127, 147, 166, 204, 226, 228, 229, 239, 276,
];
const SEEDS = [
  SIP_ETHERNET,
  ethernet(0x0800, ipv4(17, udp(OPTIONS).subarray(0, 64), { more: true })),
  ethernet(0x0800, ipv4(17, udp(OPTIONS).subarray(64), { offset: 64 })),
  ethernet(0x86dd, ipv6(44, fragment6(17, 1, 0, true, udp(OPTIONS).subarray(0, 64)))),
  ethernet(0x0800, ipv4(6, tcp(OPTIONS))),
  ethernet(0x8847, bytes(hex('00010140'), SIP_IPV4)),
  ethernet(0x0800, ipv4(47, bytes(hex('1000 88be 00000001 1005 0864 00000000'), SIP_ETHERNET))),
  ethernet(0x0800, ipv4(47, bytes(hex('4000 0800 00000000 0800 00 04 0a000003 0000 00 00'), SIP_IPV4))),
  ethernet(0x0800, ipv4(17, udp(bytes(hex('34ff 0000 00000001 00000085 01 100000'), SIP_IPV4), 2152, 2152))),
  ethernet(
    0x0800,
    ipv4(50, bytes(hex('00000100 00000001'), udp(OPTIONS), hex('0102 0211'), Buffer.alloc(12))),
  ),
  ethernet(0x0800, ipv4(1, bytes(hex('0303 0000 00000000'), SIP_IPV4))),
  ethernet(0x86dd, ipv6(0, bytes(hex('3c00000000000000 1100000000000000'), udp(OPTIONS)))),
  bytes(
    hex('8801'),
    Buffer.alloc(22),
    hex('8000'),
    Buffer.alloc(12),
    hex('0100 aaaa03 000000 0800'),
    SIP_IPV4,
  ),
];

const iface = {
  linkType: fc.constantFrom(...LINK_TYPES),
  fcsLength: fc.constantFrom(0, 0, 4),
  at: fc.nat(100_000),
};
const anyOctets = fc.record({ octets: fc.uint8Array({ maxLength: 200 }), ...iface });
const damaged = fc
  .record({
    seed: fc.constantFrom(...SEEDS),
    changes: fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 4 }),
    cut: fc.nat(400),
    ...iface,
    linkType: fc.constantFrom(1, 1, 1, 1, 105),
  })
  .map(({ seed, changes, cut, ...rest }): Sent => {
    const octets = Buffer.from(
      seed.subarray(0, Math.max(0, cut < 200 ? seed.length : seed.length - (cut - 200))),
    );
    for (const [at, value] of changes) if (at < octets.length) octets[at] = value;
    return { octets, originalLength: seed.length, ...rest };
  });

test.each([
  ['any octets', anyOctets, 600],
  ['damaged packets', damaged, 1200],
])('%s', (_name, packet, numRuns) => {
  fc.assert(
    fc.property(fc.array(packet, { minLength: 1, maxLength: 12 }), (packets) => {
      const decoding = new Decoding();
      for (const sent of packets) decoding.send(sent);
      decoding.end();
      expect([decoding.ledger.read, decoding.ledger.settled]).toEqual([packets.length, packets.length]);
      expect(decoding.outcomes.filter(Boolean)).toHaveLength(packets.length);
    }),
    { numRuns },
  );
});

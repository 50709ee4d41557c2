// ICMP errors that quote SIP are told from the others; no message is made of a quote.
import { expect, test } from 'vitest';
import { decode } from './decoding.ts';
import { bytes, hex, ipv4, ipv6, type Octets, SIP_IPV4, SIP_IPV6, tcp, udp } from './octets.ts';

const error4 = (type: number, quote: Octets): Buffer => ipv4(1, bytes(type, hex('03 0000 00000000'), quote));
const error6 = (type: number, quote: Octets): Buffer => ipv6(58, bytes(type, hex('04 0000 00000000'), quote));
const TEXT = SIP_IPV4.subarray(28);

test.each([
  ['port unreachable', error4(3, SIP_IPV4), 'sip-quoted'],
  [
    'time exceeded, with IP options',
    error4(11, ipv4(17, udp(TEXT), { options: hex('01010101') })),
    'sip-quoted',
  ],
  ['a quote cut in the request line', error4(3, SIP_IPV4.subarray(0, 28 + 14)), 'sip-quoted'],
  ['TCP', error4(3, ipv4(6, tcp(TEXT))), 'sip-quoted'],
  ['ICMPv6', error6(1, SIP_IPV6), 'sip-quoted'],
  ['eight octets of the quoted datagram', error4(3, SIP_IPV4.subarray(0, 28)), 'icmp'],
  ['an echo request with SIP in it', error4(8, SIP_IPV4), 'icmp'],
  ['an ICMPv6 echo request', error6(128, SIP_IPV6), 'icmp'],
  ['another quote', error4(3, ipv4(17, udp(Buffer.alloc(40)))), 'icmp'],
  ['a quote of another protocol', error4(3, ipv4(47, Buffer.alloc(40))), 'icmp'],
  ['a quote that is no IP', error4(3, Buffer.alloc(40)), 'icmp'],
  ['no octets', ipv4(1, hex('')), 'icmp'],
])('%s', (_name, octets, outcome) => {
  const seen = decode({ octets, linkType: 101 });
  expect([seen.datagrams, seen.outcomes]).toEqual([[], [outcome]]);
});

// IPv4 and IPv6 headers as they come: options, padding, offloading, extension headers, other transports, damage.
import { expect, test } from 'vitest';
import { decode, seenOptions } from './decoding.ts';
import {
  bytes,
  ETHERTYPE_IPV4,
  ethernet,
  fragment6,
  hex,
  ipv4,
  ipv6,
  type Octets,
  OPTIONS,
  SIP_IPV4,
  SIP_IPV6,
  tcp,
  u16,
  udp,
} from './octets.ts';

const raw = (octets: Octets) => decode({ octets, linkType: 101 });
const UDP = udp(OPTIONS);
const IPV6_ENDS = { src: '[2001:db8::1]:5060', dst: '[2001:db8::2]:5060' };
const extension = (next: number, extra = 0): Buffer => bytes(next, extra, Buffer.alloc(6 + 8 * extra));
const AUTHENTICATION = hex('04 0000 00000100 00000001 0102030405060708090a0b0c');

test.each([
  ['options', ipv4(17, UDP, { options: hex('94040000 01010101') })],
  ['a total length of 0 (segmentation offload)', ipv4(17, UDP, { totalLength: 0 })],
  ['padding behind the total length', bytes(SIP_IPV4, Buffer.alloc(7, 0x41))],
  ['authentication header', ipv4(51, bytes(17, AUTHENTICATION, UDP))],
])('IPv4: %s', (_name, octets) => {
  expect(raw(octets).datagrams).toEqual([seenOptions()]);
});

test.each([
  ['a payload length of 0 (jumbogram or offload)', ipv6(17, UDP, { length: 0 })],
  ['padding behind the payload length', bytes(SIP_IPV6, Buffer.alloc(7, 0x41))],
  ['hop-by-hop', ipv6(0, bytes(extension(17), UDP))],
  [
    'hop-by-hop, routing, destination',
    ipv6(0, bytes(extension(43), extension(60, 2), extension(17, 1), UDP)),
  ],
  ['mobility, HIP, shim6', ipv6(135, bytes(extension(139), extension(140), extension(17), UDP))],
  ['authentication header', ipv6(51, bytes(17, AUTHENTICATION, UDP))],
  ['a fragment that is all (RFC 6946)', ipv6(44, fragment6(17, 1, 0, false, UDP))],
])('IPv6: %s', (_name, octets) => {
  expect(raw(octets).datagrams).toEqual([seenOptions(IPV6_ENDS)]);
});

test('an IP length beyond the end: UDP’s own length says that the datagram is whole', () => {
  const octets = bytes(SIP_IPV4.subarray(0, 2), u16(65_000), SIP_IPV4.subarray(4));
  expect(raw(octets).datagrams).toEqual([seenOptions()]);
});

test('a UDP length beyond the end: there is less than announced', () => {
  const octets = ipv4(17, udp(OPTIONS, 5060, 5060, 1200));
  expect(raw(octets).datagrams).toEqual([seenOptions({ truncated: true })]);
});

test('cut by the snap length', () => {
  const cut = SIP_IPV4.subarray(0, SIP_IPV4.length - 30);
  const text = OPTIONS.toString().slice(0, -30);
  expect(decode({ octets: cut, linkType: 101, originalLength: SIP_IPV4.length }).datagrams).toEqual([
    seenOptions({ text, truncated: true }),
  ]);
});

test.each([
  ['version 5', hex('55000014'), 'malformed'],
  ['a header length of 16', bytes(0x44, SIP_IPV4.subarray(1)), 'malformed'],
  ['a total length below the header', ipv4(17, UDP, { totalLength: 19 }), 'malformed'],
  ['a header beyond the total length', bytes(0x4f, ipv4(17, Buffer.alloc(8)).subarray(1)), 'malformed'],
  ['an extension header beyond the end', ipv6(60, hex('1105000000000000')), 'malformed'],
  ['an authentication header beyond the end', ipv6(51, hex('11ff0000 00000000 00000000')), 'malformed'],
  ['no next header', ipv6(59, hex('')), 'other-transport'],
  ['OSPF', ipv4(89, Buffer.alloc(24)), 'other-transport'],
  ['a next header that is IPv6’s alone', ipv4(0, Buffer.alloc(24)), 'other-transport'],
  ['SCTP', ipv4(132, hex('13c413c4 00000001 00000000 04000004')), 'sctp'],
  ['ICMP', ipv4(1, hex('0800 0000 00000000')), 'icmp'],
  ['UDP without a header', ipv4(17, hex('13c4')), 'malformed'],
  ['TCP without payload', ipv4(6, tcp(Buffer.alloc(0))), 'empty'],
])('%s', (_name, octets, outcome) => {
  const seen = raw(octets);
  expect([seen.datagrams, seen.outcomes]).toEqual([[], [outcome]]);
});

test('Ethernet says one version, the header another', () => {
  expect(decode(ethernet(ETHERTYPE_IPV4, SIP_IPV6)).outcomes).toEqual(['malformed']);
});

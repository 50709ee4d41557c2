// SIP in tunnels, alone and nested: the innermost addresses are the endpoints, the tunnels are named beside.
import { expect, test } from 'vitest';
import { decode, seenOptions } from './decoding.ts';
import {
  bytes,
  ETHERTYPE_IPV4,
  ethernet,
  hex,
  ipv4,
  ipv6,
  type Octets,
  SIP_ETHERNET,
  SIP_IPV4,
  SIP_IPV6,
  tcp,
  u16,
  u32,
  udp,
  vlan,
} from './octets.ts';

const OUTER = { src: '192.0.2.1', dst: '192.0.2.2', id: 7 };
const ENDS = '192.0.2.1→192.0.2.2';
const IPV6_ENDS = { src: '[2001:db8::1]:5060', dst: '[2001:db8::2]:5060' };
const outer = (protocol: number, payload: Octets): Buffer => ipv4(protocol, payload, OUTER);
const outerUdp = (port: number, payload: Octets, source = 40_000): Buffer =>
  outer(17, udp(payload, source, port));
const PPP_SIP = bytes(hex('ff03 0021'), SIP_IPV4);
const gtp = (flags: string, rest: Octets): Buffer =>
  bytes(hex(flags), 255, u16(rest.length), u32(0x12345678), rest);
const vxlan = (frame: Octets): Buffer => bytes(hex('08000000 00002a00'), frame);

const tunnels: [name: string, octets: Octets, tunnel: string, ends?: object][] = [
  ['IP in IP', outer(4, SIP_IPV4), `ipip ${ENDS}`],
  ['IPv6 in IPv4', outer(41, SIP_IPV6), `6in4 ${ENDS}`, IPV6_ENDS],
  ['IPv4 in IPv6', ipv6(4, SIP_IPV4), 'ipip 2001:db8::1→2001:db8::2'],
  ['IPv6 in IPv6', ipv6(41, SIP_IPV6), '6in4 2001:db8::1→2001:db8::2', IPV6_ENDS],
  ['MPLS in IP', outer(137, bytes(hex('00010140'), SIP_IPV4)), `mpls ${ENDS}`],
  ['Ethernet in IP', outer(97, bytes(hex('3000'), SIP_ETHERNET)), `etherip ${ENDS}`],
  ['GRE', outer(47, bytes(hex('0000 0800'), SIP_IPV4)), `gre ${ENDS}`],
  ['GRE with IPv6', outer(47, bytes(hex('0000 86dd'), SIP_IPV6)), `gre ${ENDS}`, IPV6_ENDS],
  [
    'GRE with checksum, key, sequence',
    outer(47, bytes(hex('b000 0800 ffff0000 0000002a 00000001'), SIP_IPV4)),
    `gre ${ENDS} key 0x2a`,
  ],
  [
    'GRE with routing',
    outer(47, bytes(hex('4000 0800 00000000 0800 00 04 0a000003 0000 00 00'), SIP_IPV4)),
    `gre ${ENDS}`,
  ],
  [
    'GRE with an Ethernet frame',
    outer(47, bytes(hex('2000 6558 00000001'), SIP_ETHERNET)),
    `gre ${ENDS} key 0x1`,
  ],
  [
    'enhanced GRE with PPP',
    outer(47, bytes(hex('3081 880b 00500001 00000005 00000004'), PPP_SIP)),
    `gre ${ENDS} key 0x500001`,
  ],
  ['ERSPAN I', outer(47, bytes(hex('0000 88be'), SIP_ETHERNET)), `erspan ${ENDS}`],
  [
    'ERSPAN II',
    outer(47, bytes(hex('1000 88be 00000001 1005 0864 00000000'), SIP_ETHERNET)),
    `erspan ${ENDS} session 0x64`,
  ],
  [
    'ERSPAN III',
    outer(47, bytes(hex('1000 22eb 00000001 2005 0064 00000000 0000 8000'), SIP_ETHERNET)),
    `erspan ${ENDS} session 0x64`,
  ],
  [
    'ERSPAN III with a subheader',
    outer(47, bytes(hex('1000 22eb 00000001 2005 0064 00000000 0000 8001 0000000000000000'), SIP_ETHERNET)),
    `erspan ${ENDS} session 0x64`,
  ],
  [
    'ERSPAN III with an IP packet',
    outer(47, bytes(hex('1000 22eb 00000001 2005 0064 00000000 0000 0800'), SIP_IPV4)),
    `erspan ${ENDS} session 0x64`,
  ],
  ['VXLAN', outerUdp(4789, vxlan(SIP_ETHERNET)), `vxlan ${ENDS} vni 0x2a`],
  ['VXLAN on the port of Linux', outerUdp(8472, vxlan(SIP_ETHERNET)), `vxlan ${ENDS} vni 0x2a`],
  [
    'VXLAN with a group policy',
    outerUdp(4789, bytes(hex('88000010 00002a00'), SIP_ETHERNET)),
    `vxlan ${ENDS} vni 0x2a`,
  ],
  [
    'Geneve with Ethernet',
    outerUdp(6081, bytes(hex('0000 6558 00002a00'), SIP_ETHERNET)),
    `geneve ${ENDS} vni 0x2a`,
  ],
  [
    'Geneve with options and IP',
    outerUdp(6081, bytes(hex('0200 0800 00002a00 0102030405060708'), SIP_IPV4)),
    `geneve ${ENDS} vni 0x2a`,
  ],
  ['GTP-U', outerUdp(2152, gtp('30', SIP_IPV4), 2152), `gtp-u ${ENDS} teid 0x12345678`],
  [
    'GTP-U with a sequence number',
    outerUdp(2152, gtp('32', bytes(hex('00010000'), SIP_IPV4))),
    `gtp-u ${ENDS} teid 0x12345678`,
  ],
  [
    'GTP-U with two extension headers',
    outerUdp(2152, gtp('34', bytes(hex('00000085 01 100085 01 100900'), SIP_IPV4))),
    `gtp-u ${ENDS} teid 0x12345678`,
  ],
  ['GTP-U with IPv6', outerUdp(2152, gtp('30', SIP_IPV6)), `gtp-u ${ENDS} teid 0x12345678`, IPV6_ENDS],
  [
    'GTP-U in VXLAN in GRE',
    outer(
      47,
      bytes(
        hex('0000 0800'),
        outerUdp(4789, vxlan(ethernet(0x8100, vlan(3, ETHERTYPE_IPV4, outerUdp(2152, gtp('30', SIP_IPV4)))))),
      ),
    ),
    `gre ${ENDS} / vxlan ${ENDS} vni 0x2a / gtp-u ${ENDS} teid 0x12345678`,
  ],
];

test.each(tunnels)('%s', (_name, octets, tunnel, ends = {}) => {
  const seen = decode({ octets, linkType: 101 });
  expect([seen.datagrams, seen.outcomes, seen.codes]).toEqual([
    [seenOptions({ tunnel, ...ends })],
    ['sip'],
    [],
  ]);
});

test('TCP in a tunnel', () => {
  const text = SIP_IPV4.subarray(28);
  const seen = decode({ octets: outer(4, ipv4(6, tcp(text))), linkType: 101 });
  expect([seen.stream, seen.outcomes]).toEqual([text.toString(), ['sip']]);
});

test.each([
  ['VXLAN without its flag', 4789, bytes(hex('00000000 00002a00'), SIP_ETHERNET)],
  ['Geneve of another version', 6081, bytes(hex('4000 6558 00002a00'), SIP_ETHERNET)],
  ['GTP-U echo request', 2152, hex('32010004 00000000 00000000')],
  ['GTP-U with no IP packet', 2152, gtp('30', Buffer.alloc(40))],
  [
    'GTP-U with an extension header of no length',
    2152,
    gtp('34', bytes(hex('00000085 00'), Buffer.alloc(40))),
  ],
])('%s is an ordinary datagram', (_name, port, payload) => {
  expect(decode({ octets: outerUdp(port, payload), linkType: 101 }).outcomes).toEqual(['not-sip']);
});

test.each([2152, 4500, 4789, 6081, 8472])('SIP itself on port %i', (port) => {
  const octets = ipv4(17, udp(SIP_IPV4.subarray(28), port, port));
  const ends = { src: `10.0.0.1:${port}`, dst: `10.0.0.2:${port}` };
  expect(decode({ octets, linkType: 101 }).datagrams).toEqual([seenOptions(ends)]);
});

test('nesting without end is malformed', () => {
  let octets = SIP_IPV4;
  for (let i = 0; i < 60; i++) octets = outer(4, octets);
  expect(decode({ octets, linkType: 101 }).outcomes).toEqual(['malformed']);
});

test('a tunnel cut by the snap length', () => {
  const octets = outerUdp(2152, gtp('30', SIP_IPV4));
  const cut = octets.subarray(0, octets.length - 20);
  const seen = decode({ octets: cut, linkType: 101, originalLength: octets.length });
  expect(seen.datagrams.map(({ truncated, text }) => [truncated, text.length])).toEqual([
    [true, SIP_IPV4.length - 28 - 20],
  ]);
  const inner = octets.subarray(0, 50);
  expect(decode({ octets: inner, linkType: 101, originalLength: octets.length }).outcomes).toEqual([
    'truncated',
  ]);
});

test('GRE without a payload, or of a version that is none', () => {
  const empty = outer(47, hex('2001 880b 00000001'));
  const version7 = outer(47, hex('0007 0800 00000000'));
  expect(decode({ octets: empty, linkType: 101 }, { octets: version7, linkType: 101 }).outcomes).toEqual([
    'empty',
    'other-transport',
  ]);
  const cut = outer(47, hex('2000 0800 00'));
  expect(decode({ octets: cut, linkType: 101 }).outcomes).toEqual(['malformed']);
});

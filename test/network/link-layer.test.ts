// Every link type that is read, with SIP in it; the others are refused.
import { expect, test } from 'vitest';
import { decode, seenOptions } from './decoding.ts';
import {
  bytes,
  ETHERTYPE_IPV4,
  ETHERTYPE_IPV6,
  ethernet,
  hex,
  ipv4,
  MACS,
  type Octets,
  OPTIONS,
  SIP_ETHERNET,
  SIP_IPV4,
  SIP_IPV6,
  u16,
  u32,
  udp,
  vlan,
} from './octets.ts';

const IPV6_ENDS = { src: '[2001:db8::1]:5060', dst: '[2001:db8::2]:5060' };
const SNAP_IPV4 = bytes(hex('aaaa03 000000 0800'), SIP_IPV4);
const PPP_IPV4 = bytes(hex('0021'), SIP_IPV4);
const PPPOE = bytes(hex('11 00 0001'), u16(PPP_IPV4.length), PPP_IPV4);
/** Frame control and flags, duration, three addresses, sequence. */
const wifi = (control: string, rest: Octets): Buffer =>
  bytes(hex(control), u16(0), MACS, MACS.subarray(6), u16(0), rest);
const nflogAttribute = (little: boolean, type: number, value: Octets): Buffer => {
  const header = [4 + value.length, type].map((n) => (little ? u16(n).reverse() : u16(n)));
  return bytes(...header, value, Buffer.alloc(-value.length & 3));
};
const nflog = (little: boolean, family: number, packet: Octets): Buffer =>
  bytes(
    family,
    hex('00 0000'),
    nflogAttribute(little, 1, hex('0800 03 00')),
    nflogAttribute(little, 10, hex('61 62 00')),
    nflogAttribute(little, 9, packet),
  );

const ipv4Packets: [name: string, linkType: number, octets: Octets][] = [
  ['Ethernet', 1, SIP_ETHERNET],
  ['Ethernet, padded', 1, bytes(SIP_ETHERNET, Buffer.alloc(20))],
  ['802.1Q', 1, ethernet(0x8100, vlan(5, ETHERTYPE_IPV4, SIP_IPV4))],
  ['802.1ad and 802.1Q', 1, ethernet(0x88a8, vlan(5, 0x8100, vlan(6, ETHERTYPE_IPV4, SIP_IPV4)))],
  ['9100 and 9200', 1, ethernet(0x9100, vlan(5, 0x9200, vlan(6, ETHERTYPE_IPV4, SIP_IPV4)))],
  ['MPLS', 1, ethernet(0x8847, bytes(hex('00010040 00020140'), SIP_IPV4))],
  ['MPLS pseudowire with a control word', 1, ethernet(0x8847, bytes(hex('00010140 00000000'), SIP_ETHERNET))],
  ['MPLS pseudowire', 1, ethernet(0x8848, bytes(hex('00010140'), SIP_ETHERNET))],
  ['VN-tag', 1, ethernet(0x8926, bytes(hex('80010002'), u16(ETHERTYPE_IPV4), SIP_IPV4))],
  ['802.1ah', 1, ethernet(0x88e7, bytes(hex('00000001'), SIP_ETHERNET))],
  ['802.3 with SNAP, padded', 1, bytes(ethernet(SNAP_IPV4.length, SNAP_IPV4), Buffer.alloc(9))],
  ['802.3 with LLC for IP', 1, ethernet(3 + SIP_IPV4.length, bytes(hex('060603'), SIP_IPV4))],
  ['PPPoE', 1, ethernet(0x8864, PPPOE)],
  ['PPPoE in two VLANs', 1, ethernet(0x8100, vlan(5, 0x8100, vlan(6, 0x8864, PPPOE)))],
  ['BSD loopback, little-endian', 0, bytes(hex('02000000'), SIP_IPV4)],
  ['BSD loopback, big-endian', 0, bytes(hex('00000002'), SIP_IPV4)],
  ['OpenBSD loopback', 108, bytes(hex('00000002'), SIP_IPV4)],
  ['raw', 101, SIP_IPV4],
  ['raw, number 12', 12, SIP_IPV4],
  ['raw, number 14', 14, SIP_IPV4],
  ['raw IPv4', 228, SIP_IPV4],
  ['PPP', 9, bytes(hex('ff03'), PPP_IPV4)],
  ['PPP, header compressed', 9, bytes(hex('21'), SIP_IPV4)],
  ['PPP in HDLC', 50, bytes(hex('ff03'), PPP_IPV4)],
  ['Cisco HDLC in PPP_HDLC', 50, bytes(hex('0f00 0800'), SIP_IPV4)],
  ['Cisco HDLC', 104, bytes(hex('8f00 0800'), SIP_IPV4)],
  ['PPPoE without Ethernet', 51, PPPOE],
  ['PPP of pppd', 166, bytes(hex('0103'), PPP_IPV4)],
  ['PPP with direction', 204, bytes(hex('01 ff03'), PPP_IPV4)],
  ['Linux cooked', 113, bytes(hex('0000 0001 0006 020000000001 0000 0800'), SIP_IPV4)],
  ['Linux cooked, loopback', 113, bytes(hex('0000 0304 0006 000000000000 0000 0800'), SIP_IPV4)],
  ['Linux cooked, VLAN', 113, bytes(hex('0000 0001 0006 020000000001 0000 8100'), vlan(5, 0x0800, SIP_IPV4))],
  ['Linux cooked, LLC', 113, bytes(hex('0000 0001 0006 020000000001 0000 0004'), SNAP_IPV4)],
  ['Linux cooked 2', 276, bytes(hex('0800 0000 00000001 0001 00 06 0200000000010000'), SIP_IPV4)],
  ['IPNET', 226, bytes(hex('01 02 0000'), u32(SIP_IPV4.length), Buffer.alloc(16), SIP_IPV4)],
  ['NFLOG, little-endian', 239, nflog(true, 2, SIP_IPV4)],
  ['NFLOG, big-endian', 239, nflog(false, 2, SIP_IPV4)],
  ['802.11', 105, wifi('0801', SNAP_IPV4)],
  ['802.11 with QoS', 105, wifi('8801', bytes(hex('0000'), SNAP_IPV4))],
  ['802.11 with QoS and HT control', 105, wifi('8881', bytes(hex('0000 00000000'), SNAP_IPV4))],
  ['802.11 with four addresses', 105, wifi('0803', bytes(MACS.subarray(6), SNAP_IPV4))],
  ['802.11, A-MSDU of one', 105, wifi('8801', bytes(hex('8000'), MACS, u16(SNAP_IPV4.length), SNAP_IPV4))],
  ['radiotap', 127, bytes(hex('00 00 0800 00000000'), wifi('0801', SNAP_IPV4))],
  [
    'radiotap with flags: FCS and padding',
    127,
    bytes(
      hex('00 00 1900 03000080 00000000 00000000 0000000000000000 30'),
      wifi('8801', bytes(hex('0000'), hex('0000'), SNAP_IPV4)),
      u32(0xdeadbeef),
    ),
  ],
];

test.each(ipv4Packets)('%s', (_name, linkType, octets) => {
  const seen = decode({ octets, linkType });
  expect([seen.datagrams, seen.outcomes, seen.codes]).toEqual([[seenOptions()], ['sip'], []]);
});

const ipv6Packets: [name: string, linkType: number, octets: Octets][] = [
  ['Ethernet', 1, ethernet(ETHERTYPE_IPV6, SIP_IPV6)],
  ['MPLS', 1, ethernet(0x8847, bytes(hex('00010140'), SIP_IPV6))],
  ['BSD loopback of FreeBSD', 0, bytes(hex('1c000000'), SIP_IPV6)],
  ['BSD loopback of macOS', 0, bytes(hex('0000001e'), SIP_IPV6)],
  ['OpenBSD loopback', 108, bytes(hex('00000018'), SIP_IPV6)],
  ['raw', 101, SIP_IPV6],
  ['raw IPv6', 229, SIP_IPV6],
  ['PPP', 9, bytes(hex('ff03 0057'), SIP_IPV6)],
  ['Linux cooked 2', 276, bytes(hex('86dd 0000 00000001 0001 00 06 0200000000010000'), SIP_IPV6)],
  ['IPNET', 226, bytes(hex('01 1a 0000'), u32(SIP_IPV6.length), Buffer.alloc(16), SIP_IPV6)],
  ['NFLOG', 239, nflog(true, 10, SIP_IPV6)],
];

test.each(ipv6Packets)('%s with IPv6', (_name, linkType, octets) => {
  const seen = decode({ octets, linkType });
  expect([seen.datagrams, seen.outcomes, seen.codes]).toEqual([[seenOptions(IPV6_ENDS)], ['sip'], []]);
});

test('the frame check sequence is not payload', () => {
  // The total length is 0, so only the interface says where the packet ends.
  const unsaid = ipv4(17, udp(OPTIONS, 5060, 5060, 0), { totalLength: 0 });
  const octets = bytes(ethernet(ETHERTYPE_IPV4, unsaid), hex('41424344'));
  expect(decode({ octets, fcsLength: 4 }).datagrams).toEqual([seenOptions()]);
  // Cut by two octets: two of the four are still there.
  const cut = octets.subarray(0, octets.length - 2);
  expect(decode({ octets: cut, fcsLength: 4, originalLength: octets.length }).datagrams).toEqual([
    seenOptions(),
  ]);
});

test('all subframes of an A-MSDU are seen, and the frame settles once', () => {
  const subframe = bytes(MACS, u16(SNAP_IPV4.length), SNAP_IPV4);
  const other = bytes(MACS, u16(8), hex('aaaa03 000000 0806'));
  const padding = Buffer.alloc(-subframe.length & 3);
  const octets = wifi('8801', bytes(hex('8000'), other, hex('0000'), subframe, padding, subframe));
  const seen = decode({ octets, linkType: 105 });
  expect([seen.datagrams, seen.outcomes, seen.ledger.settled]).toEqual([
    [seenOptions(), seenOptions({ duplicateOf: 1 })],
    ['sip'],
    1,
  ]);
});

test('encrypted 802.11 is left out, and said so once', () => {
  const frame = wifi('8841', bytes(hex('0000'), hex('0000000000000000'), SNAP_IPV4));
  const seen = decode({ octets: frame, linkType: 105 }, { octets: frame, linkType: 105 });
  expect([seen.datagrams, seen.outcomes, seen.codes]).toEqual([
    [],
    ['not-ip', 'not-ip'],
    ['network/wifi-encrypted'],
  ]);
});

test.each([
  ['beacon', 105, wifi('8000', hex('0000'))],
  ['null data', 105, wifi('4801', hex(''))],
  ['ARP', 1, ethernet(0x0806, Buffer.alloc(28))],
  ['spanning tree', 1, ethernet(38, bytes(hex('424203'), Buffer.alloc(35)))],
  ['LLDP', 1, ethernet(0x88cc, Buffer.alloc(30))],
  ['SNAP with a type below 0x0600', 1, ethernet(8, hex('aaaa03 000000 0005'))],
  ['PPP LCP', 9, hex('ff03 c021 01010004')],
  ['Netlink', 113, hex('0000 0338 0000 0000000000000000 0000 00000000')],
])('%s is not IP', (_name, linkType, octets) => {
  expect(decode({ octets, linkType }).outcomes).toEqual(['not-ip']);
});

test('a link type that is not read is refused, and said so once for each', () => {
  const seen = decode(
    { octets: SIP_ETHERNET, linkType: 147 },
    { octets: SIP_ETHERNET, linkType: 147 },
    { octets: SIP_ETHERNET, linkType: 148 },
  );
  expect(seen.outcomes).toEqual(['link-type-unknown', 'link-type-unknown', 'link-type-unknown']);
  expect(seen.diagnostics).toEqual(
    [147, 148].map((linkType, i) => ({
      code: 'network/link-type-unknown',
      severity: 'warning',
      message: `Link type ${linkType} is not one that can be read: packets of such interfaces are left out`,
      frames: [1 + 2 * i],
    })),
  );
});

test('a header cut by the snap length is truncated, one cut by nobody is malformed', () => {
  for (const [, linkType, octets] of ipv4Packets) {
    const start = octets.subarray(0, octets.length - SIP_IPV4.length > 4 ? 3 : 10);
    expect(decode({ octets: start, linkType, originalLength: octets.length }).outcomes).toEqual([
      'truncated',
    ]);
    expect(decode({ octets: start, linkType }).outcomes).not.toEqual(['truncated']);
  }
});

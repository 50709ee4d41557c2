// One line of a packet list: the innermost addresses and ports, the transport, the tunnel.
import { expect, test } from 'vitest';
import { Packet } from '../../src/capture/packet.ts';
import { NetworkDecoder } from '../../src/network/decoder.ts';
import type { Dissection } from '../../src/network/dissection.ts';
import { EndpointTable } from '../../src/network/endpoint-table.ts';
import { OutcomeLedger } from '../../src/network/outcome.ts';
import { type PacketSummary, summarizePacket } from '../../src/network/packet-summary.ts';
import { bytes, ethernet, hex, ipv4, type Octets, SIP_IPV6, tcp, u16, u32, udp } from './octets.ts';

/** The end points as text. */
function summary(octets: Octets): object {
  const endpoints = new EndpointTable();
  const seen: PacketSummary[] = [];
  const sink = {
    datagram: () => true,
    openStream: () => {
      throw new Error('no stream is expected');
    },
  };
  const options = {
    ledger: new OutcomeLedger(),
    onDiagnostic: () => {},
    onDissected: (dissection: Dissection) => {
      seen.push(summarizePacket(dissection, endpoints));
    },
  };
  const packet = new Packet();
  packet.data = Buffer.from(octets);
  packet.end = packet.originalLength = octets.length;
  new NetworkDecoder(sink, options).packet(packet);
  const [{ src, dst, ...rest }] = seen;
  return { ...rest, src: src?.text ?? null, dst: dst?.text ?? null };
}

const RTP = udp(bytes(hex('8000 0001 00000010 12345678'), Buffer.alloc(160)), 16_384, 20_000);
const base = { frame: 0, seconds: 0, nanoseconds: 0, tunnel: null };

test.each([
  [
    'RTP',
    ethernet(0x0800, ipv4(17, RTP)),
    { src: '10.0.0.1:16384', dst: '10.0.0.2:20000', transport: 'udp', protocol: 'udp' },
  ],
  [
    'SIP over IPv6',
    ethernet(0x86dd, SIP_IPV6),
    { src: '[2001:db8::1]:5060', dst: '[2001:db8::2]:5060', transport: 'udp', protocol: 'udp' },
  ],
  [
    'a TCP segment without payload',
    ethernet(0x0800, ipv4(6, tcp(Buffer.alloc(0), 1, 0x10))),
    { src: '10.0.0.1:5060', dst: '10.0.0.2:5060', transport: 'tcp', protocol: 'tcp' },
  ],
  [
    'a ping: two line ends over TCP',
    ethernet(0x0800, ipv4(6, tcp(Buffer.from('\r\n\r\n'), 1, 0x18))),
    { src: '10.0.0.1:5060', dst: '10.0.0.2:5060', transport: 'tcp', protocol: 'tcp', lineEnds: 4 },
  ],
  ['ARP', ethernet(0x0806, Buffer.alloc(28)), { src: null, dst: null, transport: null, protocol: '' }],
  [
    'OSPF',
    ethernet(0x0800, ipv4(89, Buffer.alloc(24))),
    { src: '10.0.0.1:0', dst: '10.0.0.2:0', transport: null, protocol: 'ip protocol 89' },
  ],
  [
    'ICMP in GTP-U: the tunnel’s ports are not the packet’s',
    ethernet(
      0x0800,
      ipv4(17, udp(bytes(hex('30ff'), u16(28), u32(1), ipv4(1, hex('0800000000000000'))), 2152, 2152), {
        src: '192.0.2.1',
        dst: '192.0.2.2',
      }),
    ),
    {
      src: '10.0.0.1:0',
      dst: '10.0.0.2:0',
      transport: null,
      protocol: 'icmp',
      tunnel: 'gtp-u 192.0.2.1→192.0.2.2 teid 0x1',
    },
  ],
])('%s', (_name, octets, expected) => {
  expect(summary(octets)).toEqual({ ...base, length: octets.length, ...expected });
});

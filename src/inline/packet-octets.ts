// Octets of a message → an IP packet around them, as it would have been on the wire: IPv4 (RFC 791) or IPv6 (RFC 8200), with UDP
// (RFC 768) or TCP (RFC 9293). Checksums hold.
import type { Endpoint } from '../network/endpoint.ts';
import { parseIpAddress } from '../network/ip/ip-octets.ts';

export function udpPacket(from: Endpoint, to: Endpoint, octets: Uint8Array): Buffer {
  const { packet, at } = ipPacket(from, to, UDP, 8 + octets.length);
  packet.writeUInt16BE(from.port, at);
  packet.writeUInt16BE(to.port, at + 2);
  packet.writeUInt16BE(8 + octets.length, at + 4);
  packet.set(octets, at + 8);
  // RFC 768: 0 says that there is none.
  packet.writeUInt16BE(transportChecksum(packet, at, UDP) || 0xffff, at + 6);
  return packet;
}

export interface TcpHeader {
  readonly sequence: number;
  readonly acknowledged: number;
  /** Bits of TCP_FLAG. */
  readonly flags: number;
}

export const TCP_FLAG = { fin: 1, syn: 2, push: 8, acknowledge: 16 } as const;

export function tcpPacket(from: Endpoint, to: Endpoint, header: TcpHeader, octets: Uint8Array): Buffer {
  const { packet, at } = ipPacket(from, to, TCP, 20 + octets.length);
  packet.writeUInt16BE(from.port, at);
  packet.writeUInt16BE(to.port, at + 2);
  packet.writeUInt32BE(header.sequence >>> 0, at + 4);
  packet.writeUInt32BE(header.acknowledged >>> 0, at + 8);
  packet[at + 12] = 5 << 4;
  packet[at + 13] = header.flags;
  packet.writeUInt16BE(65_535, at + 14);
  packet.set(octets, at + 20);
  packet.writeUInt16BE(transportChecksum(packet, at, TCP), at + 16);
  return packet;
}

/** With its IP header, the rest zero. `at`: where the transport's header begins. */
function ipPacket(
  from: Endpoint,
  to: Endpoint,
  protocol: number,
  length: number,
): { readonly packet: Buffer; readonly at: number } {
  const source = octetsOf(from);
  const destination = octetsOf(to);
  if (source.length === 16) {
    const packet = Buffer.alloc(40 + length);
    packet[0] = 6 << 4;
    packet.writeUInt16BE(length, 4);
    packet[6] = protocol;
    packet[7] = HOPS;
    packet.set(source, 8);
    packet.set(destination, 24);
    return { packet, at: 40 };
  }
  const packet = Buffer.alloc(20 + length);
  packet[0] = (4 << 4) | 5;
  packet.writeUInt16BE(20 + length, 2);
  packet[8] = HOPS;
  packet[9] = protocol;
  packet.set(source, 12);
  packet.set(destination, 16);
  packet.writeUInt16BE(folded(sum(packet, 0, 20)), 10);
  return { packet, at: 20 };
}

function octetsOf({ ip, version }: Endpoint): Uint8Array {
  // A scope, `fe80::1%eth0`, is none of the address.
  return parseIpAddress(ip.split('%')[0]!) ?? new Uint8Array(version === 6 ? 16 : 4);
}

/** RFC 1071, over the segment at `at` and its pseudo header. */
function transportChecksum(packet: Buffer, at: number, protocol: number): number {
  const addresses = at === 40 ? sum(packet, 8, 40) : sum(packet, 12, 20);
  return folded(sum(packet, at, packet.length) + addresses + protocol + packet.length - at);
}

function sum(data: Uint8Array, start: number, end: number): number {
  let total = 0;
  let at = start;
  for (; at + 1 < end; at += 2) total += (data[at] << 8) | data[at + 1];
  return at < end ? total + (data[at] << 8) : total;
}

function folded(total: number): number {
  let rest = total;
  while (rest > 0xffff) rest = (rest & 0xffff) + Math.floor(rest / 0x10000);
  return ~rest & 0xffff;
}

const UDP = 17;
const TCP = 6;
const HOPS = 64;

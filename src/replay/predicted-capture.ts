// A prediction → the blocks of a pcapng: what the core was given and what it would have sent, each in an IP packet over UDP
// (RFC 791, RFC 8200, RFC 768), whatever carried it, with a comment that says why. Two interfaces tell both apart.
import { writeEnhancedPacket, writeInterface, writeSectionHeader } from '../capture/pcapng-writer.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { parseIpAddress } from '../network/ip/ip-octets.ts';
import type { SipMessage } from '../sip/message.ts';
import { later } from './moment.ts';
import type { Prediction } from './prediction.ts';
import type { Recording } from './recording.ts';

/** Messages too long for one packet, or between ends that have no address, are left out. */
export function* predictedCapture({ start }: Recording, { given, messages }: Prediction): Generator<Buffer> {
  yield writeSectionHeader();
  for (const name of ['received', 'predicted'])
    yield writeInterface({ linkType: LINKTYPE_RAW, snapLength: 0, fcsLength: 0, name });
  const packets = [
    ...given.map(({ recorded: { flow, at, message: seen }, message }) => {
      const comment =
        message === seen ? `packet ${seen.frame}` : `packet ${seen.frame}, as it would have come`;
      return { iface: 0, from: flow.remote, to: flow.local, at, message, comment };
    }),
    ...messages.map(({ flow, at, message, cause }) => {
      const comment = cause === null ? 'predicted' : `predicted because of packet ${cause.message.frame}`;
      return { iface: 1, from: flow.local, to: flow.remote, at, message, comment };
    }),
  ].sort((a, b) => a.at - b.at || a.iface - b.iface);
  for (const { iface, from, to, at, message, comment } of packets) {
    const data = datagram(from, to, message);
    if (data === null) continue;
    const packet = { ...later(start, at), data, start: 0, end: data.length, originalLength: data.length };
    yield writeEnhancedPacket(iface, packet, undefined, 0, comment);
  }
}

function datagram(from: Endpoint, to: Endpoint, message: SipMessage): Buffer | null {
  const [source, destination] = [parseIpAddress(from.ip), parseIpAddress(to.ip)];
  const payload = message.bytes();
  const length = 8 + payload.length;
  if (source === undefined || destination?.length !== source.length || length > LONGEST) return null;
  const udp = Buffer.alloc(8);
  udp.writeUInt16BE(from.port, 0);
  udp.writeUInt16BE(to.port, 2);
  udp.writeUInt16BE(length, 4);
  const addresses = Buffer.concat([source, destination]);
  // RFC 768: over the addresses, the protocol and the length too; 0 would say that there is none.
  const total = sum(addresses) + UDP + length + sum(udp) + sum(payload);
  udp.writeUInt16BE(folded(total) || 0xffff, 6);
  const head = source.length === 4 ? ipv4(addresses, length) : ipv6(addresses, length);
  return Buffer.concat([head, udp, payload]);
}

function ipv4(addresses: Buffer, length: number): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt8(0x45, 0);
  head.writeUInt16BE(20 + length, 2);
  head.writeUInt16BE(0x4000, 6);
  head.writeUInt8(64, 8);
  head.writeUInt8(UDP, 9);
  addresses.copy(head, 12);
  head.writeUInt16BE(folded(sum(head)), 10);
  return head;
}

function ipv6(addresses: Buffer, length: number): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt8(0x60, 0);
  head.writeUInt16BE(length, 4);
  head.writeUInt8(UDP, 6);
  head.writeUInt8(64, 7);
  return Buffer.concat([head, addresses]);
}

/** RFC 1071: words of 16 bits; the last octet of an odd number is the upper one. */
function sum(octets: Uint8Array): number {
  let total = 0;
  for (let at = 0; at < octets.length; at += 2) total += (octets[at]! << 8) | (octets[at + 1] ?? 0);
  return total;
}

function folded(total: number): number {
  let rest = total;
  while (rest > 0xffff) rest = (rest & 0xffff) + Math.floor(rest / 0x10000);
  return ~rest & 0xffff;
}

/** tcpdump.org: an IPv4 or IPv6 packet without anything before it. */
const LINKTYPE_RAW = 101;
const UDP = 17;
const LONGEST = 65_535 - 20;

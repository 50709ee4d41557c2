// Captures of messages written by hand: SIP and other payloads in UDP, a packet each, or cut into fragments and segments.
import { pcapHeader, pcapRecord } from '../capture/build.ts';
import { bytes, ETHERTYPE_IPV4, ethernet, ipv4, tcp, udp } from '../network/octets.ts';

export interface Ends {
  readonly src?: string;
  readonly dst?: string;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
}

/** A message with CRLF line ends, from lines; `body` follows as it is, with its Content-Length before it. */
export function sip(lines: readonly string[], body: Buffer | string = ''): Buffer {
  const octets = Buffer.from(body);
  return bytes(Buffer.from([...lines, `Content-Length: ${octets.length}`, '', ''].join('\r\n')), octets);
}

/** A request with the headers every request has; `more` are further lines. */
export function request(method: string, more: readonly string[] = [], body: Buffer | string = ''): Buffer {
  return sip(
    [
      `${method} sip:bob@example.com SIP/2.0`,
      'Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1',
      'Max-Forwards: 70',
      'From: <sip:alice@example.com>;tag=a',
      'To: <sip:bob@example.com>',
      'Call-ID: call-1@10.0.0.1',
      `CSeq: 1 ${method}`,
      ...more,
    ],
    body,
  );
}

export function datagram(payload: Buffer, ends: Ends = {}): Buffer {
  const { src = '10.0.0.1', dst = '10.0.0.2', sourcePort = 5060, destinationPort = 5060 } = ends;
  return ethernet(ETHERTYPE_IPV4, ipv4(17, udp(payload, sourcePort, destinationPort), { src, dst }));
}

/** The datagram in so many IPv4 fragments. */
export function fragments(payload: Buffer, count: number): Buffer[] {
  const whole = udp(payload);
  const size = Math.ceil(whole.length / count / 8) * 8;
  return Array.from({ length: count }, (_, index) => {
    const part = whole.subarray(index * size, (index + 1) * size);
    const more = index < count - 1;
    return ethernet(ETHERTYPE_IPV4, ipv4(17, part, { id: 7, offset: index * size, more }));
  });
}

/** One direction of a TCP connection: SYN, and the octets in so many segments. */
export function segments(payload: Buffer, count: number): Buffer[] {
  const size = Math.ceil(payload.length / count);
  const packets = [tcp(Buffer.alloc(0), 1000, 0x02)];
  for (let at = 0; at < payload.length; at += size)
    packets.push(tcp(payload.subarray(at, at + size), 1001 + at));
  return packets.map((packet) => ethernet(ETHERTYPE_IPV4, ipv4(6, packet)));
}

/** A classic pcap, a packet each `milliseconds` from 2023-11-14 22:13:20 UTC. */
export function pcap(packets: readonly Buffer[], milliseconds = 100): Buffer {
  return bytes(
    pcapHeader(),
    ...packets.map((packet, index) => {
      const fraction = index * milliseconds * 1000;
      const seconds = 1_700_000_000 + Math.floor(fraction / 1e6);
      return pcapRecord(packet, { seconds, fraction: fraction % 1e6 });
    }),
  );
}

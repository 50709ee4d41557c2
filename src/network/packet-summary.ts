// A packet that was taken apart → who sent what to whom, in a record that can be kept.
import type { Dissection } from './dissection.ts';
import type { Endpoint } from './endpoint.ts';
import type { EndpointTable } from './endpoint-table.ts';
import { PROTOCOL } from './ip/ip-protocol.ts';
import type { Transport } from './payload.ts';

export interface PacketSummary {
  readonly frame: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** On the wire, in octets. */
  readonly length: number;
  /** Of the innermost IP layer, or of the message in HEP over UDP; the port is 0 where there is none. Null without IP. */
  readonly src: Endpoint | null;
  readonly dst: Endpoint | null;
  /** Null unless it is UDP, TCP or SCTP. */
  readonly transport: Transport | null;
  /** `udp`, `tcp`, `icmp`, `ip protocol 89`, `ipv4 fragment` …; `` without IP. */
  readonly protocol: string;
  /** `gtp-u 10.0.0.1→10.0.0.2 teid 0x1`, outermost first; null without a tunnel. */
  readonly tunnel: string | null;
  /** Octets of a TCP segment that is one or two line ends and nothing else: 2 or 4 (RFC 5626 §3.5.1). */
  readonly lineEnds?: number;
}

export function summarizePacket(d: Dissection, endpoints: EndpointTable): PacketSummary {
  const { packet, version, data, addressAt, transportAt } = d;
  const { frame, seconds, nanoseconds, originalLength: length } = packet;
  const tunnel = d.tunnels.text;
  if (version === 0)
    return {
      frame,
      seconds,
      nanoseconds,
      length,
      tunnel,
      src: null,
      dst: null,
      transport: null,
      protocol: '',
    };
  const ports = transportAt >= 0 && transportAt + 4 <= data.length;
  const port = (at: number): number => (ports ? (data[at] << 8) | data[at + 1] : 0);
  const src = endpoints.at(version, data, addressAt, port(transportAt));
  const dst = endpoints.at(version, data, addressAt + (version === 6 ? 16 : 4), port(transportAt + 2));
  const transport = TRANSPORTS.get(d.protocol) ?? null;
  const protocol = NAMES.get(d.protocol) ?? `ip protocol ${d.protocol}`;
  // In one piece: an audit asks for each packet.
  const summary = { frame, seconds, nanoseconds, length, tunnel, src, dst, transport, protocol };
  const lineEnds = d.protocol === PROTOCOL.tcp ? lineEndsOf(d) : 0;
  return lineEnds > 0 ? { ...summary, lineEnds } : summary;
}

/** RFC 9293 §3.1: the data offset says where the octets of the segment begin. */
function lineEndsOf({ data, transportAt, end }: Dissection): number {
  if (transportAt < 0 || transportAt + 20 > end) return 0;
  const start = transportAt + (data[transportAt + 12] >> 4) * 4;
  const octets = end - start;
  if (octets !== 2 && octets !== 4) return 0;
  for (let at = start; at < end; at += 2) if (data[at] !== CR || data[at + 1] !== LF) return 0;
  return octets;
}

const CR = 13;
const LF = 10;

const TRANSPORTS: ReadonlyMap<number, Transport> = new Map([
  [PROTOCOL.udp, 'udp'],
  [PROTOCOL.tcp, 'tcp'],
  [PROTOCOL.sctp, 'sctp'],
]);

const NAMES: ReadonlyMap<number, string> = new Map([
  [PROTOCOL.udp, 'udp'],
  [PROTOCOL.tcp, 'tcp'],
  [PROTOCOL.sctp, 'sctp'],
  [PROTOCOL.icmp, 'icmp'],
  [PROTOCOL.icmpv6, 'icmpv6'],
  [PROTOCOL.esp, 'esp'],
  [PROTOCOL.ah, 'ah'],
  [PROTOCOL.gre, 'gre'],
  [PROTOCOL.fragment, 'fragment'],
  [PROTOCOL.noNext, 'no next header'],
]);

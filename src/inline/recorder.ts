// What the SBC says and is told → pcapng. Each datagram is a packet of its own; connections are written with their beginning,
// their end, and sequence numbers. What came by TLS is written in clear, as TCP between the same addresses and ports. The SBC's
// end of a connection that it opened has the port of its adjacency, not the one that the system took for it.
import { writeEnhancedPacket, writeInterface, writeSectionHeader } from '../capture/pcapng-writer.ts';
import type { Endpoint } from '../network/endpoint.ts';
import type { Flow } from '../sbc/flow.ts';
import { TCP_FLAG, tcpPacket, udpPacket } from './packet-octets.ts';
import type { Traffic } from './traffic.ts';

export class Recorder implements Traffic {
  /** Packets so far: the number of the last one, as `frame` counts them. */
  packets = 0;
  private readonly write: (octets: Buffer) => boolean;
  private readonly streams = new Map<number, Stream>();

  /** `write` says whether it took the octets: a packet that it did not take is none. */
  constructor(write: (octets: Buffer) => boolean) {
    this.write = write;
    write(writeSectionHeader());
    write(writeInterface(INTERFACE));
  }

  message(at: number, flow: Flow, incoming: boolean, octets: Buffer, start: number, end: number): void {
    const [from, to] = incoming ? [flow.remote, flow.local] : [flow.local, flow.remote];
    const data = octets.subarray(start, end);
    if (flow.connection === 0) {
      // RFC 768: more does not fit into a datagram.
      if (data.length <= LARGEST_DATAGRAM) this.packet(at, udpPacket(from, to, data));
      return;
    }
    const stream = this.streams.get(flow.connection) ?? this.begin(at, flow);
    if (stream.open) this.data(at, stream, incoming, data);
    else if (stream.waiting.length < MOST_WAITING) stream.waiting.push(Buffer.from(data));
  }

  connected(at: number, flow: Flow, incoming: boolean): void {
    const stream = this.streams.get(flow.connection) ?? this.begin(at, flow);
    stream.open = true;
    const { syn, acknowledge } = TCP_FLAG;
    this.segment(at, stream, incoming, syn, NOTHING);
    this.segment(at, stream, !incoming, syn | acknowledge, NOTHING);
    this.segment(at, stream, incoming, acknowledge, NOTHING);
    for (const data of stream.waiting) this.data(at, stream, false, data);
    stream.waiting = [];
  }

  closed(at: number, flow: Flow): void {
    const stream = this.streams.get(flow.connection);
    this.streams.delete(flow.connection);
    if (stream?.open !== true) return;
    const { fin, acknowledge } = TCP_FLAG;
    this.segment(at, stream, false, fin | acknowledge, NOTHING);
    this.segment(at, stream, true, fin | acknowledge, NOTHING);
  }

  private begin(at: number, { connection, local, remote }: Flow): Stream {
    // RFC 9293 §3.4.1: by the clock, 4 µs a number, so that one between the same ends after a crash, which says no end, is another.
    const first = (at * 250) >>> 0;
    const stream: Stream = { local, remote, sent: first, heard: first, open: false, waiting: [] };
    this.streams.set(connection, stream);
    return stream;
  }

  private data(at: number, stream: Stream, incoming: boolean, data: Buffer): void {
    for (let from = 0; from < data.length; from += LARGEST_SEGMENT)
      this.segment(
        at,
        stream,
        incoming,
        TCP_FLAG.push | TCP_FLAG.acknowledge,
        data.subarray(from, from + LARGEST_SEGMENT),
      );
  }

  private segment(at: number, stream: Stream, incoming: boolean, flags: number, data: Buffer): void {
    const [from, to] = incoming ? [stream.remote, stream.local] : [stream.local, stream.remote];
    const [sequence, acknowledged] = incoming ? [stream.heard, stream.sent] : [stream.sent, stream.heard];
    if (!this.packet(at, tcpPacket(from, to, { sequence, acknowledged, flags }, data))) return;
    // RFC 9293 §3.4: SYN and FIN take a number each.
    const taken = data.length + ((flags & (TCP_FLAG.syn | TCP_FLAG.fin)) === 0 ? 0 : 1);
    if (incoming) stream.heard = (stream.heard + taken) >>> 0;
    else stream.sent = (stream.sent + taken) >>> 0;
  }

  private packet(at: number, data: Buffer): boolean {
    const seconds = Math.floor(at / 1000);
    const nanoseconds = Math.min(Math.floor((at - seconds * 1000) * 1e6), 999_999_999);
    const content = { seconds, nanoseconds, data, start: 0, end: data.length, originalLength: data.length };
    if (!this.write(writeEnhancedPacket(0, content))) return false;
    this.packets++;
    return true;
  }
}

interface Stream {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** Next sequence number of each side. */
  sent: number;
  heard: number;
  open: boolean;
  /** What is to go out once the connection is there. */
  waiting: Buffer[];
}

const NOTHING = Buffer.alloc(0);
/** LINKTYPE_RAW: packets begin with the IP header. */
const RAW_IP = 101;
const INTERFACE = { linkType: RAW_IP, snapLength: 0, fcsLength: 0, name: 'sipspect' };
const LARGEST_DATAGRAM = 65_507;
const LARGEST_SEGMENT = 16_384;
const MOST_WAITING = 100;

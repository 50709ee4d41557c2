// A datagram that looks like SIP → a Payload for the SIP stage, with where and when it was seen, and whether before.
import { type DatagramSink, handOn } from '../datagram-sink.ts';
import type { Dissection } from '../dissection.ts';
import type { EndpointTable } from '../endpoint-table.ts';
import { HepCopies } from '../hep/hep-copies.ts';
import { HepDelivery } from '../hep/hep-delivery.ts';
import { MirrorTable } from '../mirror.ts';
import { OctetHash } from '../octet-hash.ts';
import type { Outcome } from '../outcome.ts';
import { Payload } from '../payload.ts';

export class DatagramDelivery {
  /** Of messages that HEP tells of, and which of all messages were told of. */
  readonly hep: HepDelivery;
  readonly copies: HepCopies;
  private readonly payload = new Payload();
  private readonly mirrors: MirrorTable;
  private readonly endpoints: EndpointTable;
  private readonly sink: DatagramSink;

  constructor(endpoints: EndpointTable, sink: DatagramSink) {
    this.endpoints = endpoints;
    this.sink = sink;
    const hash = new OctetHash();
    this.mirrors = new MirrorTable(hash);
    this.copies = new HepCopies(hash);
    this.hep = new HepDelivery(endpoints, this.copies, sink);
  }

  /** Hands on `d.data[d.at, d.end)`; what the packet is to settle as comes back. */
  deliver(d: Dissection, sourcePort: number, destinationPort: number): Outcome {
    const { payload } = this;
    const { data, packet, frames } = d;
    payload.data = data;
    payload.start = d.at;
    payload.end = d.end;
    payload.truncated = d.cut;
    payload.src = this.endpoints.at(d.version, data, d.addressAt, sourcePort);
    payload.dst = this.endpoints.at(
      d.version,
      data,
      d.addressAt + (d.version === 6 ? 16 : 4),
      destinationPort,
    );
    payload.src.speaksSip = true;
    payload.dst.speaksSip = true;
    payload.seconds = packet.seconds;
    payload.nanoseconds = packet.nanoseconds;
    payload.frame = frames === null ? packet.frame : frames[0];
    payload.frames = frames;
    payload.passage = d.tunnels.passage;
    payload.duplicateOf = this.mirrors.seenBefore(d, payload.frame) || this.toldBefore();
    return handOn(this.sink, payload);
  }

  /** The HEP packet that told of the message that is about to be handed on, or 0. */
  private toldBefore(): number {
    const { mirrors } = this;
    const frame = this.copies.datagram(this.payload, mirrors.octets, mirrors.isWhole);
    if (frame > 0) mirrors.firstSeenIn(frame);
    return frame;
  }

  /** SIP was seen at one of the ends, or one of the ports is SIP's own (RFC 3261 §19.1.2). */
  isSipFlow(d: Dissection, sourcePort: number, destinationPort: number): boolean {
    if (isSipPort(sourcePort) || isSipPort(destinationPort)) return true;
    const size = d.version === 6 ? 16 : 4;
    return this.speaks(d, d.addressAt, sourcePort) || this.speaks(d, d.addressAt + size, destinationPort);
  }

  private speaks(d: Dissection, addressAt: number, port: number): boolean {
    const endpoint = this.endpoints.known(d.version, d.data, addressAt, port);
    return endpoint?.speaksSip === true;
  }
}

function isSipPort(port: number): boolean {
  return port === 5060 || port === 5061;
}

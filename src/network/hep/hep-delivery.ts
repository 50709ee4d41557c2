// A message that came in HEP → a Payload for the SIP stage, between the message's own ends, and whether it was shown before.
import { type DatagramSink, handOn } from '../datagram-sink.ts';
import type { EndpointTable } from '../endpoint-table.ts';
import type { Outcome } from '../outcome.ts';
import { Payload } from '../payload.ts';
import type { HepCopies } from './hep-copies.ts';
import { ENDS_PORTS, HepPacket } from './hep-packet.ts';
import { hepTransport } from './hep-transport.ts';

/** The packet that carried it, or the last of those. */
export interface HepCarrier {
  readonly frame: number;
  readonly seconds: number;
  readonly nanoseconds: number;
}

export class HepDelivery {
  /** What is delivered next: filled by who reads HEP. */
  readonly packet = new HepPacket();
  private readonly payload = new Payload();
  private readonly endpoints: EndpointTable;
  private readonly copies: HepCopies;
  private readonly sink: DatagramSink;

  constructor(endpoints: EndpointTable, copies: HepCopies, sink: DatagramSink) {
    this.endpoints = endpoints;
    this.copies = copies;
    this.sink = sink;
  }

  /** `tunnel` ends in that of the HEP packet, `agent` is the address that it is from. What the packet is to settle as comes back. */
  deliver(carrier: HepCarrier, frames: readonly number[] | null, tunnel: string, agent: string): Outcome {
    const { payload, packet, endpoints } = this;
    const { version, ends } = packet;
    payload.data = packet.data;
    payload.start = packet.start;
    payload.end = packet.end;
    payload.truncated = packet.cut;
    payload.transport = hepTransport(packet);
    payload.src = endpoints.at(version, ends, 0, ends.readUInt16BE(ENDS_PORTS));
    payload.dst = endpoints.at(version, ends, version === 6 ? 16 : 4, ends.readUInt16BE(ENDS_PORTS + 2));
    if (payload.transport === 'udp') payload.src.speaksSip = payload.dst.speaksSip = true;
    payload.seconds = carrier.seconds;
    payload.nanoseconds = carrier.nanoseconds;
    payload.frame = frames === null ? carrier.frame : frames[0];
    payload.frames = frames;
    payload.passage = { tunnel, hep: packet.facts };
    // Agents behind one address may have clocks of their own.
    const name = `${agent} ${packet.agent}`;
    payload.duplicateOf = this.copies.told(payload, name, packet.seconds, packet.nanoseconds);
    return handOn(this.sink, payload);
  }
}

// User data of SCTP → a Payload for the SIP stage when they look like SIP, else the name of what they are.
// Rules: RFC 4168 (SIP over SCTP: no payload protocol identifier is SIP's, so that the octets alone tell), RFC 5626 §3.5.1
// (keep-alives), RFC 3436 (TLS over SCTP).

import { type DatagramSink, handOn } from '../datagram-sink.ts';
import type { Dissection } from '../dissection.ts';
import type { EndpointTable } from '../endpoint-table.ts';
import type { DatagramDelivery } from '../ip/datagram.ts';
import { OUTCOME, type Outcome } from '../outcome.ts';
import { Payload } from '../payload.ts';
import { looksLikeSip } from '../sniff.ts';
import { isCrlfKeepAlive } from '../stream/keep-alive.ts';
import { tlsRecordAt } from '../tcp/tcp-start-line.ts';
import type { SctpMessage, SctpPlace } from './sctp-message.ts';

export class SctpDelivery {
  private readonly payload = new Payload();
  private readonly endpoints: EndpointTable;
  private readonly datagrams: DatagramDelivery;
  private readonly sink: DatagramSink;

  constructor(endpoints: EndpointTable, datagrams: DatagramDelivery, sink: DatagramSink) {
    this.endpoints = endpoints;
    this.datagrams = datagrams;
    this.sink = sink;
    this.payload.transport = 'sctp';
  }

  /** Hands on `d.data[from, to)`, a message whole in one chunk that looks like SIP; `duplicateOf` as of Payload. */
  whole(d: Dissection, from: number, to: number, missing: number, duplicateOf: number): Outcome {
    const { payload } = this;
    const { frames, packet } = d;
    this.fill(d.data, from, to, this.place(d));
    payload.seconds = packet.seconds;
    payload.nanoseconds = packet.nanoseconds;
    payload.frame = frames === null ? packet.frame : frames[0];
    payload.frames = frames;
    payload.truncated = missing > 0;
    payload.duplicateOf = duplicateOf;
    return handOn(this.sink, payload);
  }

  /** Hands on what was put together by the packet in `d`, or says what else it is. */
  joined(d: Dissection, message: SctpMessage): Outcome {
    const { octets } = message;
    if (!looksLikeSip(octets, 0, octets.length))
      return this.otherThanSip(d, octets, 0, octets.length, message.isCut);
    return this.fragments(message, octets, d.packet.seconds, d.packet.nanoseconds);
  }

  /** Hands on a message that never became whole as far as it came; false: it is no SIP. */
  head(message: SctpMessage): boolean {
    const { octets } = message;
    const { seconds, nanoseconds } = message.pieces[0].packet;
    if (!message.begins || !looksLikeSip(octets, 0, octets.length)) return false;
    this.fragments(message, octets, seconds, nanoseconds);
    return true;
  }

  /** What user data are that do not look like SIP. */
  otherThanSip(d: Dissection, data: Buffer, from: number, to: number, isCut: boolean): Outcome {
    // RFC 9260 §3.3.1: user data are an octet at least.
    if (from === to) return isCut ? OUTCOME.truncated : OUTCOME.empty;
    if (isCrlfKeepAlive(data, from, to) && this.datagrams.isSipFlow(d, port(d, 0), port(d, 2)))
      return OUTCOME['sip-keepalive'];
    if (tlsRecordAt(data, from, to)) return OUTCOME['tls-no-keys'];
    return isCut && to - from < TOO_SHORT_TO_TELL ? OUTCOME.truncated : OUTCOME['not-sip'];
  }

  /** Between whom the packet is. */
  place(d: Dissection): SctpPlace {
    const { version, data, addressAt } = d;
    return {
      src: this.endpoints.at(version, data, addressAt, port(d, 0)),
      dst: this.endpoints.at(version, data, addressAt + (version === 6 ? 16 : 4), port(d, 2)),
      passage: d.tunnels.passage,
    };
  }

  private fragments(message: SctpMessage, octets: Buffer, seconds: number, nanoseconds: number): Outcome {
    const { payload } = this;
    const { frames } = message;
    this.fill(octets, 0, octets.length, message.place);
    payload.seconds = seconds;
    payload.nanoseconds = nanoseconds;
    payload.frame = frames[0];
    payload.frames = frames.length === 1 ? null : frames;
    payload.truncated = message.isCut;
    payload.duplicateOf = 0;
    return handOn(this.sink, payload);
  }

  private fill(data: Buffer, start: number, end: number, { src, dst, passage }: SctpPlace): void {
    const { payload } = this;
    payload.data = data;
    payload.start = start;
    payload.end = end;
    payload.src = src;
    payload.dst = dst;
    payload.passage = passage;
    src.speaksSip = true;
    dst.speaksSip = true;
  }
}

/** RFC 9260 §3.1: the source port comes first, the destination port is two octets behind it. */
function port({ data, transportAt }: Dissection, at: 0 | 2): number {
  return (data[transportAt + at] << 8) | data[transportAt + at + 1];
}

const TOO_SHORT_TO_TELL = 12;

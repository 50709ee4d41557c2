// SCTP packets → the SIP messages in them, and what became of each packet. Rules: RFC 4168 (SIP over SCTP), RFC 9260 §3
// (packets and chunks), §6.9 (fragments), RFC 8260 §2 (messages interleaved). What carries no SIP leaves nothing behind,
// unless it comes in fragments.
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import type { DatagramSink } from '../datagram-sink.ts';
import { type Dissection, HELD } from '../dissection.ts';
import type { EndpointTable } from '../endpoint-table.ts';
import type { DatagramDelivery } from '../ip/datagram.ts';
import type { NOTHING } from '../link/ethertype.ts';
import { OUTCOME, type Outcome, type OutcomeLedger } from '../outcome.ts';
import { looksLikeSip } from '../sniff.ts';
import { CHUNK, int32, SctpChunk } from './sctp-chunk.ts';
import { SctpDelivery } from './sctp-delivery.ts';
import { SctpMessage, SctpPiece } from './sctp-message.ts';
import { type SctpLimits, SctpMessageTable } from './sctp-message-table.ts';
import { NO_OUTCOME, SctpPacket } from './sctp-packet.ts';
import { type SctpFlow, SeenChunks } from './sctp-seen.ts';

export interface SctpOptions {
  readonly ledger: OutcomeLedger;
  readonly onDiagnostic: DiagnosticSink;
  readonly endpoints: EndpointTable;
  readonly datagrams: DatagramDelivery;
  /** A message that looks like SIP; true when one was made of it. Valid only during the call. */
  readonly sink: DatagramSink;
  readonly limits?: Partial<SctpLimits>;
}

export class SctpReassembler {
  private readonly chunk = new SctpChunk();
  private readonly seen = new SeenChunks();
  private readonly messages: SctpMessageTable;
  private readonly delivery: SctpDelivery;
  private readonly ledger: OutcomeLedger;
  private readonly onDiagnostic: DiagnosticSink;
  /** Of the packet being read: null as long as none of its fragments is held. */
  private packet: SctpPacket | null = null;

  constructor({ ledger, onDiagnostic, endpoints, datagrams, sink, limits }: SctpOptions) {
    this.ledger = ledger;
    this.onDiagnostic = onDiagnostic;
    this.delivery = new SctpDelivery(endpoints, datagrams, sink);
    this.messages = new SctpMessageTable((message) => this.lost(message), onDiagnostic, limits);
  }

  /** The packet whose common header is at `d.at`: it settles as the weightiest of its chunks, now or later. */
  read(d: Dissection): typeof NOTHING {
    if (d.left < COMMON_HEADER) return d.short();
    // RFC 9260 §3.1: source port, destination port, verification tag, checksum (which offloading leaves unfinished).
    const flow: SctpFlow = { ports: int32(d.data, d.at), tag: int32(d.data, d.at + 4) };
    d.at += COMMON_HEADER;
    if (d.left === 0) return d.settle(d.cut ? OUTCOME.truncated : OUTCOME.empty);
    this.packet = null;
    let outcome = NO_OUTCOME;
    while (d.at < d.end) outcome = Math.min(outcome, this.nextChunk(d, flow));
    return d.settle(this.packet === null ? outcome : this.ended(this.packet, outcome));
  }

  /** Gives up what is too old at `seconds`, in capture time. */
  tick(seconds: number): void {
    this.messages.tick(seconds);
  }

  /** The capture has ended: fragments that are still held are given up, and settled. */
  end(): void {
    this.messages.end();
  }

  /** What became of the chunk; NO_OUTCOME when it is held. */
  private nextChunk(d: Dissection, flow: SctpFlow): Outcome {
    const { chunk } = this;
    switch (chunk.read(d)) {
      case CHUNK.control:
        return OUTCOME.sctp;
      case CHUNK.cut:
        return OUTCOME.truncated;
      case CHUNK.damaged:
        return OUTCOME.malformed;
      default:
        return chunk.isWhole ? this.whole(d, flow) : this.fragment(d, flow);
    }
  }

  private whole(d: Dissection, flow: SctpFlow): Outcome {
    const { chunk, seen, delivery } = this;
    const { from, to, missing } = chunk;
    if (!looksLikeSip(d.data, from, to)) return delivery.otherThanSip(d, d.data, from, to, missing > 0);
    const first = seen.find(d, flow, chunk);
    if (first === null) seen.note(d, flow, chunk, null);
    else if (!seen.isMirrored(first, d)) return OUTCOME['tcp-retransmission'];
    return delivery.whole(d, from, to, missing, first === null ? 0 : first.frame);
  }

  private fragment(d: Dissection, flow: SctpFlow): Outcome {
    const { chunk, seen, delivery } = this;
    const first = seen.find(d, flow, chunk);
    if (first !== null)
      return seen.isMirrored(first, d) ? this.mirrored(d, first.piece) : OUTCOME['tcp-retransmission'];
    const packet = this.held(d);
    const piece = new SctpPiece(Buffer.from(d.data.subarray(chunk.from, chunk.to)), chunk.missing, packet);
    const name = `${flow.ports}.${flow.tag}.${chunk.message}`;
    const fragment = new SctpMessage(
      name,
      chunk.position,
      chunk.begins,
      chunk.ends,
      piece,
      delivery.place(d),
    );
    if (this.messages.holds(fragment)) return OUTCOME['tcp-retransmission'];
    seen.note(d, flow, chunk, piece);
    packet.hold();
    const message = this.messages.add(fragment);
    message?.settle(delivery.joined(d, message));
    return NO_OUTCOME;
  }

  /** A fragment shown again: it shares the fate of its message. */
  private mirrored(d: Dissection, piece: SctpPiece | null): Outcome {
    if (piece === null) return OUTCOME.duplicate;
    if (piece.again !== HELD) return piece.again;
    const packet = this.held(d);
    if (!piece.mirror(packet)) return OUTCOME.duplicate;
    packet.hold();
    return NO_OUTCOME;
  }

  private held({ packet, frames }: Dissection): SctpPacket {
    const { frame, seconds, nanoseconds } = packet;
    this.packet ??= new SctpPacket(this.ledger, frame, frames, seconds, nanoseconds);
    return this.packet;
  }

  private ended(packet: SctpPacket, outcome: Outcome): Outcome {
    this.packet = null;
    return packet.end(outcome);
  }

  /** A message whose fragments never came all: what there is of SIP is handed on all the same. */
  private lost(message: SctpMessage): void {
    if (this.delivery.head(message)) {
      this.onDiagnostic({
        code: 'sctp/fragment-missing',
        severity: 'warning',
        message: 'A fragment of this SIP message over SCTP is missing: it is shown as far as it came',
        frames: message.frames,
      });
    }
    message.settle(OUTCOME['fragment-missing']);
  }
}

const COMMON_HEADER = 12;

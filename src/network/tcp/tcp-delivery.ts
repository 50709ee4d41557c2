// Octets of one direction, now in order → its consumer. Before there is one, what the stream is: SIP by its first octets or,
// joined in its middle, by a start line in any of its segments (RFC 3261 §7.1, §7.2); a WebSocket or
// HEP, also where a segment begins with a frame or a packet of it; TLS; something else.

import { OUTCOME, type Outcome, type OutcomeLedger } from '../outcome.ts';
import { Payload } from '../payload.ts';
import { isCrlfKeepAlive } from '../stream/keep-alive.ts';
import { type Carrier, carrierOf, joinedCarrier } from '../stream/stream-carrier.ts';
import type { TunnelPath } from '../tunnel/tunnel-path.ts';
import type { OpenStream, TcpDirection } from './tcp-consumer.ts';
import { KIND, type TcpHalf } from './tcp-flow.ts';
import type { TcpOptions } from './tcp-options.ts';
import { findStartLine, likelyStartLineAt, tlsHelloAt, tlsRecordAt } from './tcp-start-line.ts';

/** The packet that octets are from. */
export interface PacketOfOctets {
  readonly frame: number;
  readonly frames: readonly number[] | null;
  readonly seconds: number;
  readonly nanoseconds: number;
}

export class TcpDelivery {
  /** Of the segment being looked at. */
  tunnels: TunnelPath | null = null;
  private readonly payload = new Payload();
  private readonly ledger: OutcomeLedger;
  private readonly openStream: OpenStream;
  private readonly address: (half: TcpHalf) => void;

  /** `address` fills in a direction's end points. */
  constructor(options: TcpOptions, address: (half: TcpHalf) => void) {
    this.ledger = options.ledger;
    this.openStream = options.openStream;
    this.address = address;
    this.payload.transport = 'tcp';
  }

  /** The octets that `handOn` or `search` is about; `missing` more were cut off behind them. */
  fill(data: Buffer, start: number, end: number, missing: number, packet: PacketOfOctets): void {
    const { payload } = this;
    payload.data = data;
    payload.start = start;
    payload.end = end;
    payload.frame = packet.frames === null ? packet.frame : packet.frames[0];
    payload.frames = packet.frames;
    payload.seconds = packet.seconds;
    payload.nanoseconds = packet.nanoseconds;
    payload.truncated = missing > 0;
  }

  /** To the consumer; `more` octets of the packet will come. False when nobody takes them: they are settled. */
  handOn(half: TcpHalf, more: boolean): boolean {
    const { payload } = this;
    if (half.consumer === null) {
      if (half.kind === KIND.ordered) this.begin(half);
      if (half.consumer === null) {
        this.settle(half.kind === KIND.tls ? OUTCOME['tls-no-keys'] : OUTCOME['not-sip']);
        return false;
      }
    }
    payload.src = half.src!;
    payload.dst = half.dst!;
    if (half.consumer.data(payload, more)) return true;
    half.consumer = null;
    half.forgetSegments();
    half.refusals++;
    if (half.flow.conversation.tls !== null) half.kind = KIND.tls;
    else half.kind = half.synSeen || half.refusals > REFUSALS ? KIND.notSip : KIND.searching;
    return false;
  }

  /** Looks for a start line in octets whose sequence number is `seq`; there the stream begins. False: they are settled. */
  search(half: TcpHalf, seq: number, more: boolean): boolean {
    const { payload } = this;
    const { data, start, end } = payload;
    const carrier = joinedCarrier(data, start, end);
    let at = carrier !== 'sip' || likelyStartLineAt(data, start, end) ? start : -1;
    if (at < 0 && half.searched < SEARCHED) {
      half.searched += end - start;
      at = findStartLine(data, start, end);
      if (at < 0) at = lastLine(data, start, end);
    }
    if (at >= 0) this.open(half, carrier, false);
    else if (this.beginsTls(half)) at = start;
    if (at < 0) {
      this.settle(this.unplaced(half, data, start, end));
      return false;
    }
    payload.start = at;
    half.kind = KIND.ordered;
    half.first = (seq + at - start) | 0;
    half.next = (seq + end - start) | 0;
    return this.handOn(half, more);
  }

  /** The first octets of a stream: what takes it, or that nothing does. */
  private begin(half: TcpHalf): void {
    const carrier = carrierOf(this.payload.data, this.payload.start, this.payload.end);
    if (carrier !== 'none') this.open(half, carrier, true);
    if (half.consumer === null) half.kind = carrier === 'tls' ? KIND.tls : KIND.notSip;
  }

  /** A connection whose SYN was not captured, but its handshake; false also when its secrets are not known. */
  private beginsTls(half: TcpHalf): boolean {
    const { data, start, end } = this.payload;
    if (tlsHelloAt(data, start, end)) this.open(half, 'tls', true);
    return half.consumer !== null;
  }

  private open(half: TcpHalf, carrier: Carrier, fromStart: boolean): void {
    if (half.src === null) this.address(half);
    const direction: TcpDirection = {
      src: half.src!,
      dst: half.dst!,
      transport: 'tcp',
      passage: this.tunnels?.passage ?? null,
      conversation: half.flow.conversation,
      fromStart,
    };
    half.consumer = this.openStream(direction, carrier);
  }

  /** What octets are in which no message begins. */
  private unplaced(half: TcpHalf, data: Buffer, start: number, end: number): Outcome {
    if (half.flow.conversation.sip)
      return isCrlfKeepAlive(data, start, end) ? OUTCOME['sip-keepalive'] : OUTCOME['tcp-gap'];
    if (tlsRecordAt(data, start, end)) {
      half.kind = KIND.tls;
      return OUTCOME['tls-no-keys'];
    }
    return OUTCOME['not-sip'];
  }

  private settle(outcome: Outcome): void {
    this.ledger.settleAll(this.payload.frame, this.payload.frames, outcome);
  }
}

/** Where the last line begins, when a start line that goes on in the next segment may stand there; else -1. */
function lastLine(data: Buffer, start: number, end: number): number {
  let at = end;
  while (at > start && data[at - 1] !== LF) at--;
  return at > start && at < end && likelyStartLineAt(data, at, end) ? at : -1;
}

const LF = 10;
/** Times that a stream joined in its middle may turn out not to be SIP. */
const REFUSALS = 8;
/** Octets looked through inside the segments of a direction that was joined in its middle. */
const SEARCHED = 128 << 10;

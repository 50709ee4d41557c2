// The TCP packets whose octets a HEP stream has not all taken yet: each settles, once, when it has. Of what its octets became,
// what OUTCOMES names first is the packet's.
import { OUTCOME, type Outcome, type OutcomeLedger } from './outcome.ts';
import type { Payload } from './payload.ts';

export class HepPending {
  /** The packet that came last. */
  last: PendingPacket = NONE;
  /** In the order of the stream; a packet may have several, with those of others between. */
  private spans: Span[] = [];
  /** Packets of which more will come. */
  private readonly open = new Map<number, PendingPacket>();
  private readonly ledger: OutcomeLedger;

  constructor(ledger: OutcomeLedger) {
    this.ledger = ledger;
  }

  /** Octets that follow those before; with `more`, others of the same packet will, sooner or later. */
  arrived({ frame, frames, seconds, nanoseconds, start, end }: Payload, more: boolean): void {
    const known = this.open.get(frame);
    const packet = known ?? { frame, frames, seconds, nanoseconds, octets: 0, more, outcome: UNTAKEN };
    packet.more = more;
    packet.octets += end - start;
    if (more) this.open.set(frame, packet);
    else this.open.delete(frame);
    this.last = packet;
    this.spans.push({ packet, octets: end - start });
  }

  /** The next so many octets are done with. */
  took(octets: number, outcome: Outcome): void {
    for (let left = octets; left > 0 && this.spans.length > 0; ) {
      const span = this.spans[0];
      const taken = Math.min(left, span.octets);
      left -= taken;
      span.octets -= taken;
      span.packet.octets -= taken;
      span.packet.outcome = Math.min(span.packet.outcome, outcome);
      if (span.octets > 0) return;
      this.spans.shift();
      if (span.packet.octets === 0 && !span.packet.more) this.settle(span.packet);
    }
  }

  /** The packets of the next so many octets, ascending, when there are several; else null. */
  framesOf(octets: number): number[] | null {
    const frames = new Set<number>();
    let left = octets;
    for (const span of this.spans) {
      if (left <= 0) break;
      for (const frame of span.packet.frames ?? [span.packet.frame]) frames.add(frame);
      left -= span.octets;
    }
    return frames.size === 1 ? null : [...frames].sort((a, b) => a - b);
  }

  /** Nothing follows. */
  end(): void {
    const packets = new Set([...this.spans.map(({ packet }) => packet), ...this.open.values()]);
    this.spans = [];
    this.open.clear();
    for (const packet of packets) this.settle(packet);
  }

  private settle({ frame, frames, outcome }: PendingPacket): void {
    this.ledger.settleAll(frame, frames, outcome === UNTAKEN ? OUTCOME['tcp-gap'] : outcome);
  }
}

interface Span {
  readonly packet: PendingPacket;
  octets: number;
}

interface PendingPacket {
  readonly frame: number;
  /** The fragments it was joined from. */
  readonly frames: readonly number[] | null;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Still to be taken. */
  octets: number;
  more: boolean;
  outcome: Outcome;
}

const UNTAKEN = Number.POSITIVE_INFINITY;
const NONE: PendingPacket = {
  frame: 0,
  frames: null,
  seconds: 0,
  nanoseconds: 0,
  octets: 0,
  more: false,
  outcome: UNTAKEN,
};

// Which packets carry which octets of a stream, and what became of those octets, until each packet settles: once.
import { OUTCOME, type Outcome, type OutcomeLedger } from '../outcome.ts';
import type { Payload } from '../payload.ts';

/** Of two things that octets of a packet became, the one that the packet settles as. */
export function weightier(a: Outcome, b: Outcome): Outcome {
  return WEIGHT[b] > WEIGHT[a] ? b : a;
}

/** Octets `[start, end)` of the stream, counted from its beginning, and the packet that carries them. */
interface Span {
  start: number;
  end: number;
  packet: SpannedPacket;
}

interface SpannedPacket {
  readonly frame: number;
  readonly frames: readonly number[] | null;
  readonly seconds: number;
  readonly nanoseconds: number;
  outcome: Outcome;
  /** Spans of it that are not done with, and whether there will be others. */
  spans: number;
  more: boolean;
}

export class FrameSpans {
  private readonly spans: Span[] = [];
  /** Packets of which further octets will come; null before the first. */
  private unfinished: Map<number, SpannedPacket> | null = null;
  private readonly ledger: OutcomeLedger;

  constructor(ledger: OutcomeLedger) {
    this.ledger = ledger;
  }

  get count(): number {
    return this.spans.length;
  }

  /** No packet is here: none has to be looked for. */
  get idle(): boolean {
    return this.spans.length === 0 && (this.unfinished === null || this.unfinished.size === 0);
  }

  /** The next octets, `[start, end)`; with `more`, others of the packet will come. Until they are marked they are `outcome`. */
  add(payload: Payload, start: number, end: number, more: boolean, outcome: Outcome): void {
    let packet = this.unfinished?.get(payload.frame);
    if (packet === undefined) {
      const { frame, frames, seconds, nanoseconds } = payload;
      packet = { frame, frames, seconds, nanoseconds, outcome, spans: 0, more };
      if (more) {
        this.unfinished ??= new Map();
        this.unfinished.set(frame, packet);
      }
    } else if (!more) {
      packet.more = false;
      this.unfinished?.delete(packet.frame);
    }
    packet.outcome = weightier(packet.outcome, outcome);
    packet.spans++;
    this.spans.push({ start, end, packet });
  }

  /** Octets `[start, end)` became `outcome`. */
  mark(start: number, end: number, outcome: Outcome): void {
    const { spans } = this;
    for (let index = this.firstBehind(start); index < spans.length && spans[index].start < end; index++) {
      const { packet } = spans[index];
      packet.outcome = weightier(packet.outcome, outcome);
    }
  }

  /** Fills in the packets that carry octets `[start, end)`, and the time of the one that came last. */
  describe(start: number, end: number, payload: Payload): void {
    this.describeAll([start, end], payload);
  }

  /** The same of octets in several places: `ranges` are their starts and ends by turns, ascending. */
  describeAll(ranges: readonly number[], payload: Payload): void {
    const { spans } = this;
    const frames = new Set<number>();
    let last: SpannedPacket | null = null;
    for (let range = 0; range < ranges.length; range += 2) {
      const end = ranges[range + 1];
      for (let at = this.firstBehind(ranges[range]); at < spans.length && spans[at].start < end; at++) {
        const { packet } = spans[at];
        if (last === null || lastFrame(packet) > lastFrame(last)) last = packet;
        if (packet.frames === null) frames.add(packet.frame);
        else for (const frame of packet.frames) frames.add(frame);
      }
    }
    if (last === null) return;
    payload.frames = frames.size > 1 ? [...frames].sort((a, b) => a - b) : null;
    payload.frame = payload.frames === null ? last.frame : payload.frames[0];
    payload.seconds = last.seconds;
    payload.nanoseconds = last.nanoseconds;
  }

  /** Numbers of the packets of octets `[start, end)`, as many as a diagnostic shows. */
  framesOf(start: number, end: number): number[] {
    const frames = new Set<number>();
    for (const span of this.spans) {
      if (span.start < end && span.end > start && frames.size < SHOWN) frames.add(span.packet.frame);
    }
    return [...frames].sort((a, b) => a - b);
  }

  /** All octets before `offset` are done with. */
  settleBefore(offset: number): void {
    let done = 0;
    while (done < this.spans.length && this.spans[done].end <= offset)
      this.release(this.spans[done++].packet);
    if (done === this.spans.length) this.spans.length = 0;
    else if (done > 0) this.spans.splice(0, done);
  }

  /** The stream is at its end, or taken no further. */
  settleAll(): void {
    this.settleBefore(Number.POSITIVE_INFINITY);
    if (this.unfinished === null) return;
    for (const { frame, frames, outcome } of this.unfinished.values()) {
      this.ledger.settleAll(frame, frames, outcome);
    }
    this.unfinished.clear();
  }

  /** Index of the first span that ends behind `offset`. */
  private firstBehind(offset: number): number {
    let low = 0;
    let high = this.spans.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.spans[middle].end > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private release(packet: SpannedPacket): void {
    packet.spans--;
    if (packet.spans === 0 && !packet.more)
      this.ledger.settleAll(packet.frame, packet.frames, packet.outcome);
  }
}

function lastFrame({ frame, frames }: SpannedPacket): number {
  return frames === null ? frame : frames[frames.length - 1];
}

const SHOWN = 16;

/**
 * Outcomes of octets on a stream, the weightier the later. Octets that others are missing of outweigh those that are something
 * else: they may have been SIP.
 */
const WEIGHT = new Uint8Array(64);
for (const [weight, outcome] of (
  [
    'malformed',
    'tls',
    'tls-no-keys',
    'not-sip',
    'web-socket',
    'tcp-gap',
    'truncated',
    'sip-keepalive',
    'sip-malformed',
    'sip-duplicate',
    'sip',
  ] as const
).entries()) {
  WEIGHT[OUTCOME[outcome]] = weight;
}

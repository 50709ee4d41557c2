// The octets of one stream that wait for others, and the packets that carry them.
import type { Outcome } from '../../network/outcome.ts';
import { OUTCOME } from '../../network/outcome.ts';
import type { Payload } from '../../network/payload.ts';
import type { Buffering } from '../../network/stream/stream-room.ts';
import { FrameSpans } from '../../network/stream/stream-spans.ts';
import type { FramingStore } from './framing-store.ts';

export class StreamBuffer {
  readonly spans: FrameSpans;
  octets: Buffer = EMPTY;
  /** What is held is `octets[from, to)`. */
  from = 0;
  to = 0;
  /** What the store was told that this takes. */
  private charged = 0;
  private readonly store: FramingStore;
  private readonly stream: Buffering;

  constructor(store: FramingStore, stream: Buffering) {
    this.store = store;
    this.stream = stream;
    this.spans = new FrameSpans(store.ledger);
  }

  /** Nothing is held, and no packet waits for the rest of it. */
  get isIdle(): boolean {
    return this.from === this.to && this.spans.idle;
  }

  get length(): number {
    return this.to - this.from;
  }

  /** Adds a packet's octets; `offset` is that of the first octet held. Says where in `octets` they begin. */
  append(payload: Payload, offset: number, more: boolean): number {
    const start = offset + this.length;
    const length = payload.end - payload.start;
    this.copy(payload.data, payload.start, payload.end);
    this.spans.add(payload, start, start + length, more, OUTCOME['not-sip']);
    return this.to - length;
  }

  /** Holds the octets of a packet from `at` on, of which those before became `outcome`. */
  keep(payload: Payload, at: number, offset: number, outcome: Outcome): void {
    this.copy(payload.data, at, payload.end);
    this.spans.add(payload, offset, offset + payload.end - at, false, outcome);
    this.charge();
  }

  /** So many octets are done with; `offset` is that of the first that is not. */
  consume(octets: number, offset: number): void {
    this.from += octets;
    if (this.from === this.to) this.release();
    this.spans.settleBefore(offset);
    this.charge();
  }

  close(): void {
    this.release();
    this.spans.settleAll();
    this.charge();
  }

  private copy(data: Buffer, from: number, to: number): void {
    const length = to - from;
    if (this.to + length > this.octets.length) this.makeRoom(length);
    data.copy(this.octets, this.to, from, to);
    this.to += length;
  }

  private makeRoom(length: number): void {
    const { octets, from, to } = this;
    const needed = to - from + length;
    if (needed > octets.length >>> 1) {
      this.octets = this.store.room.take(Math.max(needed, octets.length));
      octets.copy(this.octets, 0, from, to);
      this.store.room.give(octets);
    } else {
      octets.copyWithin(0, from, to);
    }
    this.to -= from;
    this.from = 0;
  }

  private release(): void {
    this.store.room.give(this.octets);
    this.octets = EMPTY;
    this.from = this.to = 0;
  }

  private charge(): void {
    const total = this.octets.length + this.spans.count * SPAN_OCTETS;
    if (total === this.charged && total === 0) return;
    const change = total - this.charged;
    this.charged = total;
    this.store.room.account(this.stream, change, total);
  }
}

const EMPTY = Buffer.alloc(0);
/** About what one span takes. */
const SPAN_OCTETS = 128;

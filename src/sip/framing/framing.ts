// Octets of a stream → SIP messages. Rules: RFC 3261 §7.5 (empty lines before a start line), §18.3 (Content-Length says where
// a message on a stream ends), RFC 5626 §3.5.1 (keep-alives). A message that lies whole in one packet is handed on where
// it lies; others are put together in a buffer. What cannot be framed is skipped up to the next start line.

import { OUTCOME, type Outcome } from '../../network/outcome.ts';
import type { Payload } from '../../network/payload.ts';
import { isCrlfKeepAlive } from '../../network/stream/keep-alive.ts';
import type { Buffering } from '../../network/stream/stream-room.ts';
import { weightier } from '../../network/stream/stream-spans.ts';
import type { OpenStream, StreamConsumer, TcpDirection } from '../../network/tcp/tcp-consumer.ts';
import { START, startLineAt } from '../../network/tcp/tcp-start-line.ts';
import { type BodyEnd, bodyEnd } from './framing-body.ts';
import { StreamBuffer } from './framing-buffer.ts';
import { MessageHead } from './framing-head.ts';
import { BEFORE, type Before, nextStart } from './framing-resync.ts';
import { type FramingOptions, FramingStore } from './framing-store.ts';

/** Opens a framer for each direction that may carry SIP; for `TcpReassembler`. */
export function sipStreams(options: FramingOptions): OpenStream {
  const store = new FramingStore(options);
  return (direction) => new SipFramer(direction, store);
}

export class SipFramer implements StreamConsumer, Buffering {
  /** Its own as long as a message is open; else one that all share: while octets are framed that of the next message. */
  private head: MessageHead;
  /** Made when octets first have to wait. */
  private buffer: StreamBuffer | null = null;
  /** Of the octet that is looked at next, counted from the first of the stream, gaps included. */
  private offset = 0;
  /** A start line has been seen: the stream is SIP. */
  private established = false;
  private refused = false;
  /** The next octet begins a message, or goes on with one; else the next start line is looked for. */
  private synced = true;
  private lostAs: Outcome = OUTCOME['tcp-gap'];
  private before: Before = BEFORE.octets;
  private skipped = 0;
  private skippedFrames: number[] = NO_FRAMES;
  /** Octets of a body that still come, but whose message was handed on without. */
  private owed = 0;
  /** The packet whose octets are framed where they lie; null while they are framed in the buffer. */
  private current: Payload | null = null;
  private outcome: Outcome = OUTCOME['not-sip'];
  private cutBySnapLength = false;
  /** Its place in the line of streams that buffer. */
  ahead: Buffering | null = null;
  behind: Buffering | null = null;
  inLine = false;
  private readonly direction: TcpDirection;
  private readonly store: FramingStore;

  constructor(direction: TcpDirection, store: FramingStore) {
    this.direction = direction;
    this.store = store;
    this.head = store.closed;
  }

  data(payload: Payload, more: boolean): boolean {
    this.cutBySnapLength = payload.truncated;
    if (this.refused) {
      this.store.ledger.settleAll(payload.frame, payload.frames, OUTCOME['not-sip']);
      return false;
    }
    if (!more && (this.buffer === null || this.buffer.isIdle)) return this.inPlace(payload);
    const buffer = this.held();
    const arrival = buffer.append(payload, this.offset, more);
    this.walk(arrival, false);
    if (buffer.spans.count > this.store.limits.spans) this.giveUp();
    return !this.refused;
  }

  gap(octets: number): void {
    if (this.buffer !== null && this.buffer.length > 0) this.walk(NOWHERE, true);
    this.offset += octets;
    this.owed -= octets;
    if (this.owed >= 0 && this.synced) return;
    this.owed = 0;
    this.lose(OUTCOME['tcp-gap']);
  }

  end(): void {
    if (this.buffer !== null && this.buffer.length > 0) this.walk(NOWHERE, true);
    this.tellSkipped();
    this.buffer?.close();
  }

  /** Hands on what there is of the message that is being put together, and looks for the next start line. */
  giveUp(): void {
    this.store.onDiagnostic({
      code: 'sip/tcp-buffer-full',
      severity: 'warning',
      message: 'Too much is buffered for SIP messages that are not whole: this one is handed on as it is',
      frames: this.held().spans.framesOf(this.offset, Number.POSITIVE_INFINITY),
    });
    this.walk(NOWHERE, true);
    this.owed = 0;
    this.lose(OUTCOME['tcp-gap']);
  }

  private held(): StreamBuffer {
    this.buffer ??= new StreamBuffer(this.store, this);
    return this.buffer;
  }

  private inPlace(payload: Payload): boolean {
    const { data, start, end, frame, frames } = payload;
    this.current = payload;
    this.outcome = OUTCOME['not-sip'];
    const at = this.frame(data, start, end, start, false);
    this.current = null;
    if (at === end || this.refused) {
      this.store.ledger.settleAll(frame, frames, this.outcome);
      return !this.refused;
    }
    this.held().keep(payload, at, this.offset, this.outcome);
    return true;
  }

  /** Frames what the buffer holds. With `final` all of it: nothing will come that belongs to it. */
  private walk(arrival: number, final: boolean): void {
    const buffer = this.held();
    const before = this.offset;
    this.frame(buffer.octets, buffer.from, buffer.to, arrival, final);
    if (this.refused) buffer.close();
    else buffer.consume(this.offset - before, this.offset);
  }

  /** Frames `data[from, to)` as far as it goes; says how far. */
  private frame(data: Buffer, from: number, to: number, arrival: number, final: boolean): number {
    const { store } = this;
    if (!this.head.open) this.head = store.head;
    let at = from;
    while (at < to) {
      const next = this.step(data, at, to, arrival, final);
      if (next === at) break;
      this.offset += next - at;
      at = next;
    }
    if (!this.head.open) this.head = store.closed;
    else if (this.head === store.head) store.head = new MessageHead();
    return at;
  }

  /** Takes one thing off the front of `data[at, to)` and says where it ends; `at` when more octets are needed. */
  private step(data: Buffer, at: number, to: number, arrival: number, final: boolean): number {
    if (this.owed > 0) return this.takeOwed(at, to);
    if (!this.synced) return this.resync(data, at, to, arrival, final);
    if (!this.head.open) {
      if (data[at] === CR || data[at] === LF) return this.emptyLines(data, at, to, final);
      const start = startLineAt(data, at, to);
      if (start === START.no) return this.noStartLine(at, to);
      if (start === START.more) return final ? this.cutShort(at, to) : at;
      this.head.begin();
      this.established = true;
      this.direction.conversation.sip = true;
    }
    if (arrival > at && !this.head.read(data, at, arrival) && isNextMessage(data, arrival, to)) {
      return this.cutShort(at, arrival, data);
    }
    if (this.head.read(data, at, to)) return this.message(data, at, to, arrival, final);
    if (to - at > this.store.limits.headerOctets) return this.headerTooLong(at);
    return final ? this.cutShort(at, to, data) : at;
  }

  // RFC 3261 §7.5: line ends before a start line are ignored; RFC 5626 §3.5.1: alone they are a keep-alive. Before the first
  // message they say nothing, unless it is SIP on the way back, or SIP's own port.
  private emptyLines(data: Buffer, at: number, to: number, final: boolean): number {
    let end = at;
    while (end < to && (data[end] === CR || data[end] === LF)) end++;
    if (!this.established && !this.direction.conversation.sip && !this.onSipPort()) {
      const start = end === to ? START.more : startLineAt(data, end, to);
      if (start === START.more && !final && end - at < MOST_EMPTY) return at;
      if (start !== START.yes) return this.noStartLine(at, to);
    }
    this.mark(end - at, OUTCOME['sip-keepalive']);
    return end;
  }

  private onSipPort(): boolean {
    const { src, dst } = this.direction;
    return src.port === 5060 || dst.port === 5060 || src.port === 5061 || dst.port === 5061;
  }

  private noStartLine(at: number, to: number): number {
    if (this.established) {
      this.lose(OUTCOME['not-sip']);
      return at + this.skip(1);
    }
    this.refused = true;
    this.mark(to - at, OUTCOME['not-sip']);
    return at;
  }

  private message(data: Buffer, at: number, to: number, arrival: number, final: boolean): number {
    const { head } = this;
    const found = bodyEnd(data, at, to, head, arrival, final, this.store.limits.bodyOctets);
    if (found.end === NOT_YET) return at;
    if (found.code !== '') this.tell(found, found.end - at);
    this.emit(data, at, found.end, found.owed > 0);
    this.owed = found.owed;
    return found.end;
  }

  private emit(data: Buffer, start: number, end: number, truncated: boolean): void {
    const { payload } = this.store;
    payload.data = data;
    payload.start = start;
    payload.end = end;
    payload.transport = this.direction.transport;
    payload.passage = this.direction.passage;
    payload.src = this.direction.src;
    payload.dst = this.direction.dst;
    payload.truncated = truncated;
    if (this.current !== null) {
      payload.frame = this.current.frame;
      payload.frames = this.current.frames;
      payload.seconds = this.current.seconds;
      payload.nanoseconds = this.current.nanoseconds;
    } else {
      this.held().spans.describe(this.offset, this.offset + end - start, payload);
    }
    this.head.open = false;
    payload.duplicateOf = this.direction.toldBefore?.(payload) ?? 0;
    const seen = payload.duplicateOf > 0 ? OUTCOME['sip-duplicate'] : OUTCOME.sip;
    const made = this.store.onMessage(payload);
    this.mark(end - start, made ? seen : OUTCOME['sip-malformed']);
  }

  /** Nothing more comes of a message whose header section is not whole: what is of use is handed on. */
  private cutShort(at: number, to: number, data: Buffer | null = null): number {
    const { head } = this;
    const useful = data !== null && head.hasCallId && head.hasCSeq;
    if (this.established) this.tell(useful ? CUT : LOST, to - at);
    if (useful) this.emit(data, at, at + head.line, true);
    head.open = false;
    const outcome = this.cutBySnapLength ? 'truncated' : this.established ? 'tcp-gap' : 'not-sip';
    this.mark(to - at, OUTCOME[outcome]);
    return to;
  }

  private headerTooLong(at: number): number {
    this.tell(ENDLESS, this.store.limits.headerOctets);
    this.head.open = false;
    this.mark(1, OUTCOME['sip-malformed']);
    this.lose(OUTCOME['sip-malformed']);
    return at + 1;
  }

  private takeOwed(at: number, to: number): number {
    const octets = Math.min(this.owed, to - at);
    this.mark(octets, OUTCOME.sip);
    this.owed -= octets;
    return at + octets;
  }

  private resync(data: Buffer, at: number, to: number, arrival: number, final: boolean): number {
    if (at === arrival && isCrlfKeepAlive(data, at, to)) {
      this.mark(to - at, OUTCOME['sip-keepalive']);
      return to;
    }
    const start = nextStart(data, at, to, arrival, this.before);
    if (start > at) {
      this.skip(start - at);
      this.before = data[start - 1] === LF ? BEFORE.lineEnd : BEFORE.octets;
    }
    if (start === to) return to;
    if (this.before === BEFORE.octets) this.before = BEFORE.unknown;
    if (startLineAt(data, start, to) === START.yes) {
      this.tellSkipped();
      this.synced = true;
      return start > at ? start : this.step(data, at, to, arrival, final);
    }
    return start === at && final ? at + this.skip(to - at) : start;
  }

  private lose(as: Outcome): void {
    this.head.open = false;
    this.before = BEFORE.octets;
    this.lostAs = as;
    this.synced = false;
  }

  private skip(octets: number): number {
    this.skipped += octets;
    if (this.skippedFrames.length < SHOWN) {
      if (this.skippedFrames === NO_FRAMES) this.skippedFrames = [];
      for (const frame of this.framesOf(octets)) {
        if (!this.skippedFrames.includes(frame)) this.skippedFrames.push(frame);
      }
    }
    this.mark(octets, this.lostAs);
    return octets;
  }

  private tellSkipped(): void {
    if (this.skipped === 0) return;
    this.store.onDiagnostic({
      code: 'sip/tcp-resync',
      severity: 'warning',
      message: `${this.skipped} octets of a SIP stream were skipped up to the next start line`,
      frames: this.skippedFrames,
    });
    this.skipped = 0;
    this.skippedFrames = NO_FRAMES;
  }

  private tell(what: Pick<BodyEnd, 'code' | 'message'>, octets: number): void {
    const frames = this.framesOf(octets);
    this.store.onDiagnostic({ code: what.code, severity: 'warning', message: what.message, frames });
  }

  private framesOf(octets: number): number[] {
    if (this.current !== null) return [...(this.current.frames ?? [this.current.frame])];
    return this.held().spans.framesOf(this.offset, this.offset + octets);
  }

  /** So many octets from here became `outcome`. */
  private mark(octets: number, outcome: Outcome): void {
    if (this.current !== null) this.outcome = weightier(this.outcome, outcome);
    else this.held().spans.mark(this.offset, this.offset + octets, outcome);
  }
}

/** Whether a segment begins with a start line, after a line end: the header section before it was never finished. */
function isNextMessage(data: Buffer, at: number, to: number): boolean {
  return data[at - 1] === LF && startLineAt(data, at, to) === START.yes;
}

const LF = 10;
const CR = 13;
const NOT_YET = -1;
/** No segment has just arrived. */
const NOWHERE = -1;
const SHOWN = 16;
const NO_FRAMES: number[] = [];
/** Line ends waited through before the first message. */
const MOST_EMPTY = 16_384;

const CUT = {
  code: 'sip/message-truncated',
  message: 'A SIP message is cut off in its header section; what was captured of it is taken',
};
const LOST = {
  code: 'sip/message-lost',
  message: 'A SIP message is cut off so early that nothing can be made of it',
};
const ENDLESS = {
  code: 'sip/header-section-too-long',
  message: 'A SIP header section does not end within the octets allowed for it',
};

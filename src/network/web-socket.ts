// Octets of one direction of a WebSocket → SIP messages. Rules: RFC 7118 §5 (one SIP message in each WebSocket message),
// RFC 6455 §4 (opening handshake), §5 (frames), RFC 7692 (compression). What is missing inside of a frame costs that
// message; after other losses frames are found again where a segment begins with one that begins a SIP message.
import { isCrlfKeepAlive } from './keep-alive.ts';
import { OUTCOME, type Outcome } from './outcome.ts';
import type { Payload } from './payload.ts';
import { looksLikeSip } from './sniff.ts';
import type { Buffering } from './stream-room.ts';
import { FrameSpans } from './stream-spans.ts';
import type { StreamConsumer, TcpDirection } from './tcp-consumer.ts';
import { START } from './tcp-start-line.ts';
import { FrameHeader, GLIMPSE, HEADER, OPCODE } from './web-socket-frame.ts';
import { HANDSHAKE_OCTETS, headerSectionEnd, readHandshake, startsLike } from './web-socket-handshake.ts';
import { sipMessageAt, WebSocketInflater } from './web-socket-inflate.ts';
import { WebSocketMessage } from './web-socket-message.ts';
import { type WebSocketOptions, WebSocketStore } from './web-socket-store.ts';

/** Opens a consumer for each direction that begins as a WebSocket does, over TCP or inside of TLS. */
export function webSockets(options: WebSocketOptions): (direction: TcpDirection) => WebSocketStream {
  const store = new WebSocketStore(options);
  return (direction) => new WebSocketStream(direction, store);
}

export class WebSocketStream implements StreamConsumer, Buffering {
  private awaits: Awaits = AWAITS.first;
  /** Of the octet that is looked at next, counted from the first of the stream, gaps included. */
  private offset = 0;
  /** Where the handshake, or the frame that is being read, begins. */
  private start = 0;
  private readonly header = new FrameHeader();
  /** Octets of the frame's payload that were read. */
  private position = 0;
  /** Of the message that is being put together. */
  private state: MessageState = MESSAGE.none;
  /** What the octets become that still come of a message that was given up. */
  private spoiledAs: Outcome = OUTCOME['not-sip'];
  /** Its octets; before the first message, those of the handshake. */
  private readonly message: WebSocketMessage;
  private inflater: WebSocketInflater | null = null;
  private skipped = 0;
  private skippedAs: Outcome = OUTCOME['not-sip'];
  private refused = false;
  private cutBySnapLength = false;
  /** What the room was told that this takes. */
  private charged = 0;
  /** Its place in the line of streams that buffer. */
  ahead: Buffering | null = null;
  behind: Buffering | null = null;
  inLine = false;
  private readonly spans: FrameSpans;
  private readonly direction: TcpDirection;
  private readonly store: WebSocketStore;

  constructor(direction: TcpDirection, store: WebSocketStore) {
    this.direction = direction;
    this.store = store;
    this.spans = new FrameSpans(store.ledger);
    this.message = new WebSocketMessage(store.room);
  }

  data(payload: Payload, more: boolean): boolean {
    const { data, start, end } = payload;
    if (this.refused) {
      this.store.ledger.settleAll(payload.frame, payload.frames, OUTCOME['not-sip']);
      return false;
    }
    this.cutBySnapLength = payload.truncated;
    this.spans.add(payload, this.offset, this.offset + end - start, more, OUTCOME['not-sip']);
    if (this.awaits === AWAITS.first) this.awaits = isLetter(data[start]) ? AWAITS.handshake : AWAITS.header;
    else if (this.awaits === AWAITS.message && sipMessageAt(data, start, end)) this.resume();
    let at = start;
    while (at < end && !this.refused) at = this.step(data, at, end);
    if (this.spans.count > this.store.limits.spans) this.giveUp();
    this.settle();
    return !this.refused;
  }

  gap(octets: number): void {
    if (this.refused) return;
    const left = this.header.length - this.position;
    if (this.awaits === AWAITS.payload && octets <= left) {
      if (!this.header.isControl) this.breakOff();
      this.offset += octets;
      this.position += octets;
      if (octets === left) this.frameEnds();
    } else {
      this.breakOff();
      this.lose(this.lostAs());
      this.offset += octets;
    }
    this.settle();
  }

  end(): void {
    if (this.refused) return;
    this.breakOff();
    this.tellSkipped();
    this.close();
  }

  /** Hands on what there is of the message that is being put together, and keeps nothing. */
  giveUp(): void {
    if (this.isUndecided || this.awaits === AWAITS.handshake) {
      this.refuse();
      return;
    }
    if (this.state === MESSAGE.open) this.tell(FULL, this.message.ranges[0] ?? this.start);
    this.breakOff();
    this.inflater = null;
    this.settle();
  }

  /** Nothing shows yet that this is SIP. */
  private get isUndecided(): boolean {
    return !this.direction.conversation.sip;
  }

  /** Takes one thing, or a part of it, off the front of `data[at, to)`; says where it ends. */
  private step(data: Buffer, at: number, to: number): number {
    switch (this.awaits) {
      case AWAITS.handshake:
        return this.takeHandshake(data, at, to);
      case AWAITS.payload:
        return this.takePayload(data, at, to);
      case AWAITS.message:
        return this.skip(at, to);
      default:
        return this.takeHeader(data, at, to);
    }
  }

  private takeHandshake(data: Buffer, at: number, to: number): number {
    const { message } = this;
    const before = message.length;
    const taken = Math.min(to - at, HANDSHAKE_OCTETS - before);
    message.add(data, at, at + taken, NO_KEY, 0);
    const end = headerSectionEnd(message.octets, Math.max(0, before - 3), message.length);
    if (end < 0) {
      if (message.length === HANDSHAKE_OCTETS || startsLike(message.octets, 0, message.length) === START.no)
        this.refuse();
      this.offset += taken;
      return at + taken;
    }
    const handshake = readHandshake(message.octets, 0, end);
    if (handshake === null) {
      this.refuse();
      return to;
    }
    // RFC 7118 §4.1: what the server accepts is what is spoken.
    if (handshake.response && handshake.sip) this.direction.conversation.sip = true;
    message.release();
    this.offset += end - before;
    this.spans.mark(this.start, this.offset, OUTCOME['web-socket']);
    this.nextFrame();
    return at + end - before;
  }

  private takeHeader(data: Buffer, at: number, to: number): number {
    const { header } = this;
    const before = header.size;
    const found = header.read(data, at, to);
    const taken = header.size - before;
    this.offset += taken;
    if (found === HEADER.malformed) this.malformed();
    else if (found === HEADER.whole) this.frameBegins();
    return at + taken;
  }

  // RFC 6455 §5.4: control frames may stand between the frames of a message, and no other message may.
  private frameBegins(): void {
    const { header, message } = this;
    if (!header.isControl && header.opcode !== OPCODE.continuation) this.breakOff();
    this.awaits = AWAITS.payload;
    this.position = 0;
    if (!header.isControl) {
      if (header.opcode !== OPCODE.continuation) {
        this.state = MESSAGE.open;
        message.begin(header.compressed);
      } else if (this.state === MESSAGE.none) {
        this.spoil(this.lostAs());
      }
      if (this.state === MESSAGE.open && message.length + header.length > this.longest) this.tooLong();
      if (this.refused) return;
      if (this.state === MESSAGE.spoiled) this.spans.mark(this.start, this.offset, this.spoiledAs);
    }
    if (header.length === 0) this.frameEnds();
  }

  private takePayload(data: Buffer, at: number, to: number): number {
    const { header, message } = this;
    const octets = Math.min(header.length - this.position, to - at);
    if (!header.isControl && this.state === MESSAGE.open)
      message.add(data, at, at + octets, header.key, this.position);
    else if (!header.isControl) this.spans.mark(this.offset, this.offset + octets, this.spoiledAs);
    this.offset += octets;
    this.position += octets;
    if (this.position === header.length) this.frameEnds();
    else if (this.isUndecided && this.isNotSip()) this.refuse();
    return at + octets;
  }

  /** Whether what there is of an open message shows that it is not SIP. */
  private isNotSip(): boolean {
    const { compressed, octets, length } = this.message;
    if (this.state !== MESSAGE.open || compressed || length < GLIMPSE) return false;
    return !looksLikeSip(octets, 0, GLIMPSE);
  }

  private frameEnds(): void {
    const { header, message } = this;
    if (header.isControl) {
      // RFC 7118 §6: pings keep the connection of SIP open.
      const keepsAlive = header.opcode !== OPCODE.close && !this.isUndecided;
      const outcome = OUTCOME[keepsAlive ? 'sip-keepalive' : 'web-socket'];
      this.spans.mark(this.start, this.offset, outcome);
    } else {
      if (this.state === MESSAGE.open) {
        message.carriedBy(this.start, this.offset);
        if (header.fin) this.messageEnds();
        else if (message.ranges.length > 2 * this.store.limits.spans) this.tooLong();
      }
      if (header.fin) this.state = MESSAGE.none;
    }
    if (!this.refused) this.nextFrame();
  }

  private nextFrame(): void {
    this.awaits = AWAITS.header;
    this.header.begin();
    this.start = this.offset;
  }

  private messageEnds(): void {
    const { message } = this;
    const octets = message.octets.subarray(0, message.length);
    if (!message.compressed) {
      this.whole(octets);
    } else {
      this.inflater ??= new WebSocketInflater();
      const inflated = this.inflater.inflate(octets, this.longest);
      if (inflated !== null) this.whole(inflated);
      else if (this.isUndecided) this.refuse();
      else {
        this.tell(NOT_INFLATED, message.ranges[0]);
        this.mark(OUTCOME['sip-malformed']);
      }
    }
    message.release();
  }

  private whole(octets: Buffer): void {
    if (looksLikeSip(octets, 0, octets.length)) this.emit(octets, false);
    else if (isCrlfKeepAlive(octets)) this.mark(OUTCOME[this.isUndecided ? 'web-socket' : 'sip-keepalive']);
    else if (this.isUndecided) this.refuse();
  }

  private emit(octets: Buffer, truncated: boolean): void {
    const { payload } = this.store;
    const { transport, passage, src, dst, conversation } = this.direction;
    conversation.sip = true;
    payload.data = octets;
    payload.start = 0;
    payload.end = octets.length;
    // RFC 7118 §5.1.
    payload.transport = transport === 'tls' ? 'wss' : 'ws';
    payload.passage = passage;
    payload.src = src;
    payload.dst = dst;
    payload.truncated = truncated;
    this.spans.describeAll(this.message.ranges, payload);
    this.mark(OUTCOME[this.store.onMessage(payload) ? 'sip' : 'sip-malformed']);
  }

  /** Nothing more comes of the message that is being put together: what there is of it is handed on. */
  private breakOff(): void {
    const { message, header } = this;
    if (this.state !== MESSAGE.open) return;
    if (this.awaits === AWAITS.payload && !header.isControl) message.carriedBy(this.start, this.offset);
    const octets = message.compressed ? NOTHING : wholeLines(message.octets.subarray(0, message.length));
    if (looksLikeSip(octets, 0, octets.length)) {
      this.tell(CUT, message.ranges[0]);
      this.emit(octets, true);
      this.spoil(OUTCOME.sip);
    } else {
      const lostAs = this.lostAs();
      this.mark(lostAs);
      this.spoil(lostAs);
    }
  }

  private spoil(as: Outcome): void {
    this.state = MESSAGE.spoiled;
    this.spoiledAs = as;
    // RFC 7692 §7.2.2: later messages may refer to its octets.
    if (this.message.compressed) this.inflater?.forget();
    this.message.release();
  }

  private tooLong(): void {
    if (this.isUndecided) {
      this.refuse();
      return;
    }
    this.tell(TOO_LONG, this.message.ranges[0] ?? this.start);
    this.mark(OUTCOME['sip-malformed']);
    this.spoil(OUTCOME['sip-malformed']);
  }

  private malformed(): void {
    if (this.isUndecided) {
      this.refuse();
      return;
    }
    this.tell(MALFORMED, this.start);
    this.breakOff();
    this.lose(OUTCOME['not-sip']);
  }

  /** Where the next frame begins is not known: what comes until it is found becomes `as`. */
  private lose(as: Outcome): void {
    this.skippedAs = as;
    this.spans.mark(this.start, this.offset, as);
    this.awaits = AWAITS.message;
    this.state = MESSAGE.none;
    this.inflater?.forget();
    this.message.release();
  }

  private skip(at: number, to: number): number {
    this.spans.mark(this.offset, this.offset + to - at, this.skippedAs);
    this.skipped += to - at;
    this.offset += to - at;
    return to;
  }

  private resume(): void {
    this.tellSkipped();
    this.nextFrame();
  }

  private tellSkipped(): void {
    if (this.skipped === 0 || this.isUndecided) return;
    this.store.onDiagnostic({
      code: 'network/web-socket-resync',
      severity: 'warning',
      message: `${this.skipped} octets of a WebSocket were skipped up to the next frame that begins a SIP message`,
    });
    this.skipped = 0;
  }

  /** This is not a WebSocket, or none of SIP. */
  private refuse(): void {
    this.refused = true;
    this.close();
  }

  /** All packets settle, and nothing is kept. */
  private close(): void {
    this.spans.settleAll();
    this.state = MESSAGE.none;
    this.awaits = AWAITS.message;
    this.message.release();
    this.inflater = null;
    this.charge();
  }

  /** Packets that carry nothing of what is still open settle. */
  private settle(): void {
    if (this.refused) return;
    let done = this.offset;
    if (this.state === MESSAGE.open) done = this.message.ranges[0] ?? this.start;
    else if (this.awaits < AWAITS.payload || (this.awaits === AWAITS.payload && this.header.isControl))
      done = this.start;
    this.spans.settleBefore(done);
    this.charge();
  }

  /** Tells the room what is held. A few packets of a header do not count: they cannot be given up. */
  private charge(): void {
    const holds = this.message.octets.length;
    const total = holds + (holds > 0 ? this.spans.count * SPAN_OCTETS : 0) + (this.inflater?.kept ?? 0);
    if (total === this.charged && total === 0) return;
    const change = total - this.charged;
    this.charged = total;
    this.store.room.account(this, change, total);
  }

  private get longest(): number {
    return this.isUndecided ? LONGEST_UNDECIDED : this.store.limits.messageOctets;
  }

  private lostAs(): Outcome {
    if (this.isUndecided) return OUTCOME['not-sip'];
    return OUTCOME[this.cutBySnapLength ? 'truncated' : 'tcp-gap'];
  }

  /** The frames of the message became `outcome`. */
  private mark(outcome: Outcome): void {
    const { ranges } = this.message;
    for (let range = 0; range < ranges.length; range += 2)
      this.spans.mark(ranges[range], ranges[range + 1], outcome);
  }

  /** Says what is odd about the octets from `start` on. */
  private tell(what: { readonly code: string; readonly message: string }, start: number): void {
    const frames = this.spans.framesOf(start, this.offset);
    this.store.onDiagnostic({ code: what.code, severity: 'warning', message: what.message, frames });
  }
}

function isLetter(octet: number): boolean {
  return octet >= 0x41 && octet <= 0x5a;
}

/** A message that is cut off: all of it when its header section is whole, else without the line that was cut. */
function wholeLines(octets: Buffer): Buffer {
  return octets.includes('\r\n\r\n') ? octets : octets.subarray(0, octets.lastIndexOf(LF) + 1);
}

/** What comes next. */
const AWAITS = {
  /** What shows whether a handshake is seen. */
  first: 0,
  handshake: 1,
  /** A frame's header, or the rest of it. */
  header: 2,
  payload: 3,
  /** A segment that begins with a frame that begins a SIP message; all else is skipped. */
  message: 4,
} as const;
type Awaits = (typeof AWAITS)[keyof typeof AWAITS];

const MESSAGE = { none: 0, open: 1, spoiled: 2 } as const;
type MessageState = (typeof MESSAGE)[keyof typeof MESSAGE];

const LF = 10;
const NOTHING = Buffer.alloc(0);
const NO_KEY = new Uint8Array(4);
/** About what one span takes. */
const SPAN_OCTETS = 128;
/** Octets of a message that are read to learn whether it is SIP. */
const LONGEST_UNDECIDED = 64 << 10;

const MALFORMED = {
  code: 'network/web-socket-malformed',
  message: 'What follows on a WebSocket of SIP is no frame',
};
const CUT = {
  code: 'network/web-socket-cut',
  message: 'A SIP message over WebSocket is cut off; what was captured of it is taken',
};
const TOO_LONG = {
  code: 'network/web-socket-too-long',
  message: 'A WebSocket message is longer, or in more frames, than is believed of SIP',
};
const NOT_INFLATED = {
  code: 'network/web-socket-inflate',
  message:
    'A compressed WebSocket message cannot be decompressed: it is damaged, or others before it are missing',
};
const FULL = {
  code: 'network/web-socket-buffer-full',
  message: 'Too much is held for WebSocket messages that are not whole: this one is handed on as it is',
};

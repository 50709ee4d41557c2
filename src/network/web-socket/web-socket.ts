// Octets of one direction of a WebSocket → SIP messages. Rules: RFC 7118 §5 (one SIP message in each WebSocket message),
// RFC 6455 §4 (opening handshake), §5 (frames), RFC 7692 (compression). What is missing inside of a frame costs that
// message; after other losses frames are found again where a segment begins with one that begins a SIP message.
import { OUTCOME, type Outcome } from '../outcome.ts';
import type { Payload } from '../payload.ts';
import type { Buffering } from '../stream/stream-room.ts';
import type { StreamConsumer, TcpDirection } from '../tcp/tcp-consumer.ts';
import { START } from '../tcp/tcp-start-line.ts';
import { FrameHeader, HEADER, OPCODE } from './web-socket-frame.ts';
import { HandshakeReader } from './web-socket-handshake.ts';
import { sipMessageAt } from './web-socket-inflate.ts';
import { WebSocketMessage } from './web-socket-message.ts';
import { WebSocketSide } from './web-socket-side.ts';
import { type WebSocketOptions, WebSocketStore } from './web-socket-store.ts';

/** Opens a consumer for each direction that begins as a WebSocket does, over TCP or inside of TLS. */
export function webSockets(options: WebSocketOptions): (direction: TcpDirection) => WebSocketStream {
  const store = new WebSocketStore(options);
  return (direction) => new WebSocketStream(direction, store);
}

/** Tells handshake, frames and what is lost apart; what data frames carry is the message's. */
export class WebSocketStream implements StreamConsumer, Buffering {
  private awaits: Awaits = AWAITS.first;
  /** Where the handshake, or the frame that is being read, begins. */
  private start = 0;
  private readonly handshake: HandshakeReader;
  private readonly header = new FrameHeader();
  /** Octets of the frame's payload that were read. */
  private position = 0;
  /** The one that is being put together. */
  private readonly message: WebSocketMessage;
  private skipped = 0;
  private skippedAs: Outcome = OUTCOME['not-sip'];
  private refused = false;
  /** What the room was told that this takes. */
  private charged = 0;
  /** Its place in the line of streams that buffer. */
  ahead: Buffering | null = null;
  behind: Buffering | null = null;
  inLine = false;
  private readonly side: WebSocketSide;
  private readonly store: WebSocketStore;

  constructor(direction: TcpDirection, store: WebSocketStore) {
    this.store = store;
    this.side = new WebSocketSide(direction, store);
    this.handshake = new HandshakeReader(store.room);
    this.message = new WebSocketMessage(this.side);
  }

  data(payload: Payload, more: boolean): boolean {
    const { side, store } = this;
    const { data, start, end } = payload;
    if (this.refused) {
      store.ledger.settleAll(payload.frame, payload.frames, OUTCOME['not-sip']);
      return false;
    }
    side.cutBySnapLength = payload.truncated;
    side.spans.add(payload, side.offset, side.offset + end - start, more, OUTCOME['not-sip']);
    if (this.awaits === AWAITS.first) this.awaits = isLetter(data[start]) ? AWAITS.handshake : AWAITS.header;
    else if (this.awaits === AWAITS.message && sipMessageAt(data, start, end)) this.resume();
    let at = start;
    while (at < end && !this.refused) at = this.step(data, at, end);
    if (side.spans.count > store.limits.spans) this.giveUp();
    this.settle();
    return !this.refused;
  }

  gap(octets: number): void {
    if (this.refused) return;
    const { side, header, message } = this;
    const left = header.length - this.position;
    if (this.awaits === AWAITS.payload && octets <= left) {
      if (!header.isControl) message.breakOff();
      side.offset += octets;
      this.position += octets;
      if (octets === left) this.frameEnds();
    } else {
      message.breakOff();
      this.lose(side.lostAs);
      side.offset += octets;
    }
    this.settle();
  }

  end(): void {
    if (this.refused) return;
    this.message.breakOff();
    this.tellSkipped();
    this.close();
  }

  /** Hands on what there is of the message that is being put together, and keeps nothing. */
  giveUp(): void {
    if (this.side.isUndecided || this.awaits === AWAITS.handshake) {
      this.refuse();
      return;
    }
    this.message.giveUp();
    this.settle();
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
    const { handshake, side } = this;
    const before = handshake.size;
    const found = handshake.read(data, at, to);
    const taken = handshake.size - before;
    side.offset += taken;
    if (found === START.no) this.refuse();
    else if (found === START.yes) {
      // RFC 7118 §4.1: what the server accepts is what is spoken.
      if (handshake.said?.response && handshake.said.sip) side.direction.conversation.sip = true;
      side.spans.mark(this.start, side.offset, OUTCOME['web-socket']);
      this.nextFrame();
    }
    return at + taken;
  }

  private takeHeader(data: Buffer, at: number, to: number): number {
    const { header } = this;
    const before = header.size;
    const found = header.read(data, at, to);
    const taken = header.size - before;
    this.side.offset += taken;
    if (found === HEADER.malformed) this.malformed();
    else if (found === HEADER.whole) this.frameBegins();
    return at + taken;
  }

  // RFC 6455 §5.4: control frames may stand between the frames of a message.
  private frameBegins(): void {
    const { header } = this;
    this.awaits = AWAITS.payload;
    this.position = 0;
    if (!header.isControl && !this.message.frameBegins(header, this.start)) this.refuse();
    else if (header.length === 0) this.frameEnds();
  }

  private takePayload(data: Buffer, at: number, to: number): number {
    const { header, message } = this;
    const octets = Math.min(header.length - this.position, to - at);
    if (!header.isControl) message.add(data, at, at + octets, header.key, this.position);
    this.side.offset += octets;
    this.position += octets;
    if (this.position === header.length) this.frameEnds();
    else if (message.isNotSip) this.refuse();
    return at + octets;
  }

  private frameEnds(): void {
    const { header, side } = this;
    if (header.isControl) {
      // RFC 7118 §6: pings keep the connection of SIP open.
      const keepsAlive = header.opcode !== OPCODE.close && !side.isUndecided;
      side.spans.mark(this.start, side.offset, OUTCOME[keepsAlive ? 'sip-keepalive' : 'web-socket']);
    } else if (!this.message.frameEnds(header.fin)) {
      this.refuse();
      return;
    }
    this.nextFrame();
  }

  private nextFrame(): void {
    this.awaits = AWAITS.header;
    this.header.begin();
    this.start = this.side.offset;
  }

  private malformed(): void {
    const { side } = this;
    if (side.isUndecided) {
      this.refuse();
      return;
    }
    side.tell(MALFORMED, this.start);
    this.message.breakOff();
    this.lose(OUTCOME['not-sip']);
  }

  /** Where the next frame begins is not known: what comes until it is found becomes `as`. */
  private lose(as: Outcome): void {
    this.skippedAs = as;
    this.side.spans.mark(this.start, this.side.offset, as);
    this.forget();
  }

  private skip(at: number, to: number): number {
    const { side } = this;
    side.spans.mark(side.offset, side.offset + to - at, this.skippedAs);
    this.skipped += to - at;
    side.offset += to - at;
    return to;
  }

  private resume(): void {
    this.tellSkipped();
    this.nextFrame();
  }

  private tellSkipped(): void {
    if (this.skipped === 0 || this.side.isUndecided) return;
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
    this.side.spans.settleAll();
    this.forget();
    this.charge();
  }

  private forget(): void {
    this.awaits = AWAITS.message;
    this.handshake.forget();
    this.message.forget();
  }

  /** Packets that carry nothing of what is still open settle. */
  private settle(): void {
    if (this.refused) return;
    const { side, message } = this;
    side.spans.settleBefore(message.needed ?? (this.isInMessage ? side.offset : this.start));
    this.charge();
  }

  /** What comes next is the message's, or nothing of use: not a part of a handshake, of a header or of a control frame. */
  private get isInMessage(): boolean {
    return this.awaits === AWAITS.message || (this.awaits === AWAITS.payload && !this.header.isControl);
  }

  /** Tells the room what is held. A few packets of a header do not count: they cannot be given up. */
  private charge(): void {
    const { message } = this;
    const held = this.handshake.held + message.held;
    const total = held + (held > 0 ? this.side.spans.count * SPAN_OCTETS : 0) + message.context;
    if (total === this.charged && total === 0) return;
    const change = total - this.charged;
    this.charged = total;
    this.store.room.account(this, change, total);
  }
}

function isLetter(octet: number): boolean {
  return octet >= 0x41 && octet <= 0x5a;
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

/** About what one span takes. */
const SPAN_OCTETS = 128;
const MALFORMED = {
  code: 'network/web-socket-malformed',
  message: 'What follows on a WebSocket of SIP is no frame',
};

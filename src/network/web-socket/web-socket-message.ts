// The message of a WebSocket that is being put together: its frames, one after another → a SIP message, whole or cut off. Rules:
// RFC 6455 §5.4 (frames of a message), RFC 7118 §5 (one SIP message in each), RFC 7692 §7.2.2 (compression).

import { OUTCOME, type Outcome } from '../outcome.ts';
import { looksLikeSip } from '../sniff.ts';
import { isCrlfKeepAlive } from '../stream/keep-alive.ts';
import { type FrameHeader, GLIMPSE, OPCODE } from './web-socket-frame.ts';
import { WebSocketInflater } from './web-socket-inflate.ts';
import { WaitingOctets } from './web-socket-octets.ts';
import type { WebSocketSide } from './web-socket-side.ts';

export class WebSocketMessage {
  private state: State = STATE.none;
  /** Where in the stream its first frame begins. */
  private start = 0;
  /** Where the frame begins that is being read; NOWHERE between frames. */
  private frame = NOWHERE;
  /** Starts and ends of its frames by turns, headers included, as offsets in the stream; neighbours are one. */
  private ranges: number[] = [];
  private compressed = false;
  /** What octets become that still come of a message that was given up. */
  private spoiledAs: Outcome = OUTCOME['not-sip'];
  private readonly octets: WaitingOctets;
  private readonly inflater = new WebSocketInflater();
  private readonly side: WebSocketSide;

  constructor(side: WebSocketSide) {
    this.side = side;
    this.octets = new WaitingOctets(side.store.room);
  }

  /** Where the octets begin that it needs; null when it needs none. */
  get needed(): number | null {
    return this.state === STATE.open ? this.start : null;
  }

  /** Octets of memory that its own octets take. */
  get held(): number {
    return this.octets.held;
  }

  /** Octets of messages before it that are kept. */
  get context(): number {
    return this.inflater.kept;
  }

  /** What there is of it shows that the WebSocket carries something other than SIP. */
  get isNotSip(): boolean {
    if (!this.side.isUndecided || this.state !== STATE.open) return false;
    return !this.compressed && this.octets.length >= GLIMPSE && !looksLikeSip(this.octets.all, 0, GLIMPSE);
  }

  /** The header, read up to here, of a frame of it, or of the next message, that begins at `start`. False: this is no SIP. */
  frameBegins(header: FrameHeader, start: number): boolean {
    const { side, octets } = this;
    if (header.opcode !== OPCODE.continuation) {
      // RFC 6455 §5.4: no other message may stand between the frames of one.
      this.breakOff();
      this.begin(header.compressed, start);
    } else if (this.state === STATE.none) {
      this.spoil(side.lostAs);
    }
    this.frame = start;
    if (this.state === STATE.open && octets.length + header.length > this.longest && !this.tooLong())
      return false;
    if (this.state === STATE.spoiled) side.spans.mark(start, side.offset, this.spoiledAs);
    return true;
  }

  /** The next octets of the frame, `data[from, to)`, which begin at `position` of its payload. */
  add(data: Uint8Array, from: number, to: number, key: Uint8Array, position: number): void {
    const { spans, offset } = this.side;
    if (this.state === STATE.open) this.octets.add(data, from, to, key, position);
    else spans.mark(offset, offset + to - from, this.spoiledAs);
  }

  /** The frame ends here, and with `fin` the message. False: this is no SIP. */
  frameEnds(fin: boolean): boolean {
    let isSip = true;
    if (this.state === STATE.open) {
      this.carriedBy(this.frame);
      if (fin) isSip = this.ends();
      else if (this.ranges.length > 2 * this.side.store.limits.spans) isSip = this.tooLong();
    }
    this.frame = NOWHERE;
    if (fin) this.state = STATE.none;
    return isSip;
  }

  /** Nothing more comes of it: what there is of it is handed on. */
  breakOff(): void {
    const { side, octets } = this;
    if (this.state !== STATE.open) return;
    if (this.frame !== NOWHERE) this.carriedBy(this.frame);
    const lines = this.compressed ? NOTHING : wholeLines(octets.all);
    if (looksLikeSip(lines, 0, lines.length)) {
      side.tell(CUT, this.start);
      this.emit(lines, true);
      this.spoil(OUTCOME.sip);
    } else {
      const { lostAs } = side;
      this.mark(lostAs);
      this.spoil(lostAs);
    }
  }

  /** Others need the memory more. */
  giveUp(): void {
    if (this.state === STATE.open) this.side.tell(FULL, this.start);
    this.breakOff();
    this.inflater.forget();
  }

  /** Nothing is kept of it, nor of those before it. */
  forget(): void {
    this.state = STATE.none;
    this.frame = NOWHERE;
    this.inflater.forget();
    this.octets.release();
  }

  private begin(compressed: boolean, start: number): void {
    this.state = STATE.open;
    this.start = start;
    this.ranges = [];
    this.compressed = compressed;
    this.octets.release();
  }

  /** A frame of it, or what there is of one, lies from `start` up to here. */
  private carriedBy(start: number): void {
    const { ranges } = this;
    const { offset } = this.side;
    if (ranges.length > 0 && ranges[ranges.length - 1] === start) ranges[ranges.length - 1] = offset;
    else ranges.push(start, offset);
  }

  private ends(): boolean {
    const { octets, compressed, inflater } = this;
    const whole = compressed ? inflater.inflate(octets.all, this.longest) : octets.all;
    const isSip = whole === null ? this.notInflated() : this.whole(whole);
    octets.release();
    return isSip;
  }

  private whole(octets: Buffer): boolean {
    const { isUndecided } = this.side;
    if (looksLikeSip(octets, 0, octets.length)) this.emit(octets, false);
    else if (isCrlfKeepAlive(octets)) this.mark(OUTCOME[isUndecided ? 'web-socket' : 'sip-keepalive']);
    else return !isUndecided;
    return true;
  }

  private notInflated(): boolean {
    if (this.side.isUndecided) return false;
    this.side.tell(NOT_INFLATED, this.start);
    this.mark(OUTCOME['sip-malformed']);
    return true;
  }

  private tooLong(): boolean {
    if (this.side.isUndecided) return false;
    this.side.tell(TOO_LONG, this.start);
    this.mark(OUTCOME['sip-malformed']);
    this.spoil(OUTCOME['sip-malformed']);
    return true;
  }

  private spoil(as: Outcome): void {
    this.state = STATE.spoiled;
    this.spoiledAs = as;
    // RFC 7692 §7.2.2: later messages may refer to its octets.
    if (this.compressed) this.inflater.forget();
    this.octets.release();
  }

  private emit(octets: Buffer, truncated: boolean): void {
    const { store, spans, direction } = this.side;
    const { payload } = store;
    const { transport, passage, src, dst, conversation } = direction;
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
    spans.describeAll(this.ranges, payload);
    this.mark(OUTCOME[store.onMessage(payload) ? 'sip' : 'sip-malformed']);
  }

  /** Its frames became `outcome`. */
  private mark(outcome: Outcome): void {
    const { ranges } = this;
    for (let range = 0; range < ranges.length; range += 2)
      this.side.spans.mark(ranges[range], ranges[range + 1], outcome);
  }

  private get longest(): number {
    const { isUndecided, store } = this.side;
    return isUndecided ? LONGEST_UNDECIDED : store.limits.messageOctets;
  }
}

/** A message that is cut off: all of it when its header section is whole, else without the line that was cut. */
function wholeLines(octets: Buffer): Buffer {
  return octets.includes('\r\n\r\n') ? octets : octets.subarray(0, octets.lastIndexOf(LF) + 1);
}

const STATE = {
  none: 0,
  open: 1,
  /** What still comes of it is of no use. */
  spoiled: 2,
} as const;
type State = (typeof STATE)[keyof typeof STATE];

const NOWHERE = -1;
const LF = 10;
const NOTHING = Buffer.alloc(0);
/** Octets of a message that are read to learn whether it is SIP. */
const LONGEST_UNDECIDED = 64 << 10;

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

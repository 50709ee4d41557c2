// Octets of a connection → whole messages and keep-alives. Unlike the framer for captures it guesses nothing: what does not
// say how long it is cannot be told from what follows, and ends the connection. RFC 3261 §7.5, §18.3; RFC 5626 §3.5.1.
import { START, startLineAt } from '../network/tcp/tcp-start-line.ts';
import { LENGTH, MessageHead } from '../sip/framing/framing-head.ts';

export interface StreamUser {
  /** A whole message in `data[start, end)`, valid during the call. */
  message(data: Buffer, start: number, end: number): void;
  /** CRLF CRLF: to be answered by CRLF. */
  ping(): void;
  /** Nothing more can be read. `data[start, end)` is the header section when it came so far, else empty. */
  broken(why: Broken, data: Buffer, start: number, end: number): void;
}

export type Broken =
  | 'not-sip'
  | 'no-content-length'
  | 'bad-content-length'
  | 'header-too-long'
  | 'message-too-long';

export interface FramerLimits {
  readonly headerOctets: number;
  readonly messageOctets: number;
}

export class StreamFramer {
  private readonly user: StreamUser;
  private readonly limits: FramerLimits;
  private readonly head = new MessageHead();
  /** The begin of a message that is not whole: `buffer[0, held)`. */
  private buffer: Buffer = EMPTY;
  private held = 0;
  private lineEnds = 0;
  private ended = false;

  constructor(user: StreamUser, limits: FramerLimits) {
    this.user = user;
    this.limits = limits;
  }

  /** Octets that wait for others. */
  get waiting(): number {
    return this.held;
  }

  push(chunk: Buffer): void {
    if (this.ended) return;
    const joined = this.held > 0;
    if (joined) this.append(chunk);
    const data = joined ? this.buffer : chunk;
    const to = joined ? this.held : chunk.length;
    let at = 0;
    while (at < to && !this.ended) {
      const next = this.step(data, at, to);
      if (next === at) break;
      at = next;
    }
    if (this.ended || at === to) this.release();
    else if (joined) {
      data.copyWithin(0, at, to);
      this.held = to - at;
    } else this.append(chunk.subarray(at));
  }

  /** No message is begun from now on. */
  end(): void {
    this.ended = true;
    this.release();
  }

  private step(data: Buffer, at: number, to: number): number {
    const { head, limits } = this;
    if (!head.open) {
      if (data[at] === CR || data[at] === LF) return this.lineEnd(data, at);
      this.lineEnds = 0;
      const start = startLineAt(data, at, to);
      if (start === START.no) return this.fail('not-sip', data, at, at);
      if (start === START.more && to - at <= limits.headerOctets) return at;
      head.begin();
    }
    const whole = head.read(data, at, to);
    if ((whole ? head.end : to - at) > limits.headerOctets) return this.fail('header-too-long', data, at, at);
    if (!whole) return at;
    // RFC 3261 §18.3: on a stream Content-Length MUST say where the message ends.
    const body = at + head.end;
    if (head.length === LENGTH.missing) return this.fail('no-content-length', data, at, body);
    if (head.length !== LENGTH.known) return this.fail('bad-content-length', data, at, body);
    if (head.end + head.contentLength > limits.messageOctets)
      return this.fail('message-too-long', data, at, body);
    const end = body + head.contentLength;
    if (end > to) return at;
    head.open = false;
    this.user.message(data, at, end);
    return end;
  }

  // RFC 5626 §3.5.1: a double CRLF between messages is a ping, a single one its pong.
  private lineEnd(data: Buffer, at: number): number {
    if (data[at] === LF && ++this.lineEnds === 2) {
      this.lineEnds = 0;
      this.user.ping();
    }
    return at + 1;
  }

  private fail(why: Broken, data: Buffer, start: number, end: number): number {
    this.ended = true;
    this.user.broken(why, data, start, end);
    return start;
  }

  private append(chunk: Buffer): void {
    const needed = this.held + chunk.length;
    if (needed > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(needed))));
      this.buffer.copy(larger, 0, 0, this.held);
      this.buffer = larger;
    }
    chunk.copy(this.buffer, this.held);
    this.held = needed;
  }

  private release(): void {
    this.buffer = EMPTY;
    this.held = 0;
  }
}

const LF = 10;
const CR = 13;
const EMPTY = Buffer.alloc(0);
const SMALLEST = 2048;

// One TCP or TLS connection: octets → messages, pings answered (RFC 5626 §3.5.1), and limits on what a peer can make it hold.
import type { Socket } from 'node:net';
import type { Flow } from '../sbc/flow.ts';
import type { Clock } from './clock.ts';
import { type Broken, StreamFramer } from './stream-framer.ts';
import type { TransportUser } from './transport-user.ts';
import { reasonOf } from './udp-listener.ts';

export interface ConnectionLimits {
  readonly headerOctets: number;
  readonly messageOctets: number;
  /** Milliseconds without anything, and for a message once it has begun. */
  readonly idleMs: number;
  readonly slowMessageMs: number;
  /** Until TCP, and TLS on it, are there. */
  readonly connectMs: number;
  /** Octets that wait for the peer to read them. */
  readonly queuedOctets: number;
}

export class Connection {
  readonly flow: Flow;
  readonly incoming: boolean;
  readonly socket: Socket;
  private readonly user: TransportUser;
  private readonly limits: ConnectionLimits;
  private readonly clock: Clock;
  private readonly framer: StreamFramer;
  private readonly onClosed: (connection: Connection) => void;
  private heardAt: number;
  /** When the message that is not whole began; 0: there is none. */
  private begunAt = 0;
  private ready: boolean;
  private completed = false;
  /** It has carried a message, or a ping, or is one of ours. */
  private hasSpoken: boolean;
  private paused = false;
  private over = false;
  private reason = 'closed';

  constructor(options: {
    readonly socket: Socket;
    readonly flow: Flow;
    readonly incoming: boolean;
    readonly user: TransportUser;
    readonly limits: ConnectionLimits;
    readonly clock: Clock;
    readonly onClosed: (connection: Connection) => void;
  }) {
    const { socket, flow, incoming, user, limits, clock } = options;
    this.socket = socket;
    this.flow = flow;
    this.incoming = incoming;
    this.user = user;
    this.limits = limits;
    this.onClosed = options.onClosed;
    this.clock = clock;
    this.heardAt = clock.now();
    this.ready = incoming;
    this.hasSpoken = !incoming;
    this.framer = new StreamFramer(
      {
        message: (data, start, end) => {
          this.completed = this.hasSpoken = true;
          if (!this.user.admit(this.flow)) this.paused = true;
          this.user.received(this.flow, data, start, end);
        },
        ping: () => this.ping(),
        broken: (why, data, start, end) => this.broken(why, data, start, end),
      },
      limits,
    );
    socket.setNoDelay(true);
    // A peer that has gone without a word is found out sooner than by silence.
    socket.setKeepAlive(true, TCP_KEEPALIVE);
    socket.on('data', (chunk) => this.data(chunk));
    socket.on('error', (error) => {
      this.reason = reasonOf(error);
    });
    socket.on('close', () => this.closed());
    if (incoming) user.opened(flow, true);
  }

  get number(): number {
    return this.flow.connection;
  }

  get isOpen(): boolean {
    return !this.over && !this.socket.destroyed && this.socket.writable;
  }

  /** An outgoing connection is there. */
  connected(): void {
    this.ready = true;
    this.heardAt = this.clock.now();
    this.user.opened(this.flow, false);
  }

  send(octets: Buffer, send: number): void {
    if (!this.isOpen) {
      this.user.sendFailed(send, this.reason);
      return;
    }
    // A peer that does not read would have us hold all that it is sent.
    if (this.socket.writableLength + octets.length > this.limits.queuedOctets) {
      this.user.sendFailed(send, 'congested');
      this.close('congested');
      return;
    }
    this.socket.write(octets, (error) => {
      if (error) this.user.sendFailed(send, this.reason === 'closed' ? reasonOf(error) : this.reason);
    });
  }

  close(reason: string): void {
    if (this.over || this.socket.destroyed) return;
    this.reason = reason;
    this.framer.end();
    this.socket.destroy();
  }

  /** Now and then: what takes too long is ended, and who was slowed down goes on. */
  look(now: number): void {
    const silent = now - this.heardAt;
    if (!this.ready) {
      if (silent > this.limits.connectMs) this.close('connect-timeout');
    } else if (this.begunAt !== 0 && now - this.begunAt > this.limits.slowMessageMs)
      this.close('slow-message');
    else if (silent > this.limits.idleMs) this.close('idle');
    else if (!this.hasSpoken && silent > UNSPOKEN * this.limits.slowMessageMs) this.close('never-spoke');
    else if (this.paused && !this.user.isSlowed(this.flow)) {
      this.paused = false;
      this.socket.resume();
    }
  }

  private data(chunk: Buffer): void {
    if (this.over) return;
    this.heardAt = this.clock.now();
    this.completed = false;
    this.framer.push(chunk);
    if (this.framer.waiting === 0) this.begunAt = 0;
    else if (this.begunAt === 0 || this.completed) this.begunAt = this.heardAt;
    if (this.paused) this.socket.pause();
  }

  private ping(): void {
    this.hasSpoken = true;
    this.user.keepAlive(this.flow);
    if (this.isOpen && this.socket.writableLength < this.limits.queuedOctets) this.socket.write(PONG);
  }

  private broken(why: Broken, data: Buffer, start: number, end: number): void {
    this.user.broken(this.flow, why, data, start, end);
    this.reason = why;
    // What was sent to say so goes out first.
    this.socket.end();
    this.socket.pause();
    setTimeout(() => this.socket.destroy(), FAREWELL).unref();
  }

  private closed(): void {
    if (this.over) return;
    this.over = true;
    this.framer.end();
    this.onClosed(this);
    this.user.closed(this.flow, this.reason, this.ready);
  }
}

const PONG = Buffer.from('\r\n');
/** So many times the time for a message may pass before the first. */
const UNSPOKEN = 3;
/** Milliseconds. */
const TCP_KEEPALIVE = 60_000;
const FAREWELL = 1000;

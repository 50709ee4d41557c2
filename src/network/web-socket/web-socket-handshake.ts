// The opening handshake of a WebSocket: an HTTP/1.1 GET with Upgrade: websocket one way, a 101 with the same the other.
// Rules: RFC 6455 §4.1 (request), §4.2.2 (response); RFC 7118 §4.1 (the subprotocol `sip`).
import type { StreamRoom } from '../stream/stream-room.ts';
import { START, type Start } from '../tcp/tcp-start-line.ts';
import { WaitingOctets } from './web-socket-octets.ts';

/** Whether a handshake begins at `from`; `more`: its header section is not whole, and may become one. */
export function handshakeAt(data: Buffer, from: number, to: number): Start {
  const first = data[from];
  if (first !== GET[0] && first !== SWITCHING[0]) return START.no;
  const beginning = startsLike(data, from, to);
  if (beginning !== START.yes) return beginning;
  const end = headerSectionEnd(data, from, to);
  if (end < 0) return to - from < HANDSHAKE_OCTETS ? START.more : START.no;
  return readHandshake(data, from, end) === null ? START.no : START.yes;
}

/** The handshake of one direction, also when it comes in pieces. */
export class HandshakeReader {
  /** Octets of it that were read. */
  size = 0;
  /** What it says, once it is whole. */
  said: Handshake | null = null;
  private readonly octets: WaitingOctets;

  constructor(room: StreamRoom) {
    this.octets = new WaitingOctets(room);
  }

  /** Octets of memory that it takes. */
  get held(): number {
    return this.octets.held;
  }

  /** Goes on with `data[at, to)` as far as the handshake goes; `no`: it is none. */
  read(data: Buffer, at: number, to: number): Start {
    const { octets, size: before } = this;
    octets.add(data, at, at + Math.min(to - at, HANDSHAKE_OCTETS - before));
    const { all } = octets;
    const end = headerSectionEnd(all, Math.max(0, before - 3), all.length);
    this.size = end < 0 ? all.length : end;
    if (end < 0) {
      const mayGoOn = all.length < HANDSHAKE_OCTETS && startsLike(all, 0, all.length) !== START.no;
      return mayGoOn ? START.more : START.no;
    }
    this.said = readHandshake(all, 0, end);
    this.forget();
    return this.said === null ? START.no : START.yes;
  }

  /** Nothing is kept of it. */
  forget(): void {
    this.octets.release();
  }
}

/** Whether a request or a response that may be a handshake begins at `from`, by its first few octets. */
function startsLike(data: Uint8Array, from: number, to: number): Start {
  const expected = data[from] === GET[0] ? GET : SWITCHING;
  const length = Math.min(expected.length, to - from);
  for (let index = 0; index < length; index++) if (data[from + index] !== expected[index]) return START.no;
  return length === expected.length ? START.yes : START.more;
}

/** Where a header section ends, behind its empty line, that goes on in `data[from, to)`; -1 when it does not. */
function headerSectionEnd(data: Buffer, from: number, to: number): number {
  const at = data.subarray(from, to).indexOf('\r\n\r\n');
  return at < 0 ? -1 : from + at + 4;
}

interface Handshake {
  /** It names the subprotocol `sip`. */
  readonly sip: boolean;
  /** The server's: the WebSocket is open. */
  readonly response: boolean;
}

/** What a whole header section says; null when it is no handshake. */
function readHandshake(data: Buffer, from: number, end: number): Handshake | null {
  const text = data.toString('latin1', from, end);
  // RFC 6455 §4.1: the value is compared without regard to case.
  if (!/\r\nupgrade:[^\r\n]*\bwebsocket\b/i.test(text)) return null;
  const [, protocols = ''] = /\r\nsec-websocket-protocol:([^\r\n]*)/i.exec(text) ?? [];
  return { sip: /(?:^|[\s,])sip(?:[\s,]|$)/i.test(protocols), response: data[from] === SWITCHING[0] };
}

/** Octets of a header section; what is longer is no handshake. */
const HANDSHAKE_OCTETS = 16 << 10;

const GET = Buffer.from('GET /');
const SWITCHING = Buffer.from('HTTP/1.1 101');

// The session description of a message, kept in few words. Descriptions that one kind of device writes differ in address
// and port alone: the rest is worked out once and shared.
import { scanMedia } from '../sdp/scan.ts';
import type { MediaSummary } from '../sdp/summary.ts';
import { HEADER } from '../sip/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { controlAt, wordsOf } from '../sip/octet-words.ts';
import { COLUMN, COLUMNS } from '../sip/scan.ts';
import type { CallMedia } from './call.ts';
import { octetText, sameOctets } from './octets.ts';
import { type Shape, shapeOf } from './session-shape.ts';

export class Session {
  /** What it has in common with others; null when its lines are not one of the common kind. */
  readonly shape: Shape | null;
  readonly address: string;
  readonly port: number;
  private readonly lines: readonly MediaSummary[];

  constructor(shape: Shape | null, address: string, port: number, lines: readonly MediaSummary[]) {
    this.shape = shape;
    this.address = address;
    this.port = port;
    this.lines = lines;
  }

  /** At least one section is instant messaging: m=message or m=x-ms-message. */
  get im(): boolean {
    return this.shape === null ? this.lines.some((line) => line.im) : this.shape.im;
  }

  media(side: 'caller' | 'callee'): CallMedia[] {
    const { shape, address, port } = this;
    if (shape !== null) return [mediaLine(side, shape, address, port)];
    return this.lines.map((line) =>
      mediaLine(side, line, line.address, Number.isNaN(line.port) ? 0 : line.port),
    );
  }
}

/** The session the message describes, null when it has none. */
export function sessionOf(m: SipMessage): Session | null {
  if (m.bodyEnd <= m.bodyStart) return null;
  const row = m.find(CONTENT_TYPE);
  if (row < 0) return null;
  const start = m.table[row * COLUMNS + COLUMN.valueStart];
  const end = m.table[row * COLUMNS + COLUMN.valueEnd];
  // Without multipart the type says it all; only multipart bodies are taken apart.
  const first = m.data[start] | 32;
  if (first === LETTER_A) return isSdp(m.data, start, end) ? parse(m, m.bodyStart, m.bodyEnd) : null;
  if (first !== LETTER_M) return null;
  const part = m.sdpBody();
  return part === undefined ? null : parse(m, part.start, part.end);
}

function parse(m: SipMessage, start: number, end: number): Session {
  return common(m, start, end) ?? new Session(null, '', 0, scanMedia(m.data, start, end));
}

/**
 * The common case: lines that end in CRLF, one m= with a plain port, the address in a c= line before it, no attributes
 * before it. null for everything else.
 */
function common(m: SipMessage, start: number, end: number): Session | null {
  const { data } = m;
  const words = wordsOf(data);
  let connection = -1;
  let connectionEnd = -1;
  let at = start;
  for (;;) {
    const letter = data[at];
    if (at + 1 >= end || data[at + 1] !== EQUALS || letter === LETTER_A) return null;
    if (letter === LETTER_M) break;
    const line = at;
    at = controlAt(data, words, at, end);
    if (at + 1 >= end || data[at] !== CR || data[at + 1] !== LF) return null;
    if (letter === LETTER_C) {
      if (connection >= 0) return null;
      connection = line;
      connectionEnd = at;
    }
    at += 2;
  }
  if (connection < 0) return null;
  const media = at + 2;
  let mediaEnd = media;
  while (mediaEnd < end && data[mediaEnd] > SPACE) mediaEnd++;
  let rest = mediaEnd + 1;
  let port = 0;
  for (; rest < end && data[rest] >= ZERO && data[rest] <= NINE && port <= 65_535; rest++)
    port = port * 10 + data[rest] - ZERO;
  if (rest === mediaEnd + 1 || data[mediaEnd] !== SPACE || data[rest] !== SPACE) return null;
  const address = addressOf(m, connection, connectionEnd);
  if (address === null) return null;
  const shape = shapeOf(data, start, end, media, mediaEnd, rest);
  return shape === null ? null : new Session(shape, address, port, NO_LINES);
}

/** The address of a line `c=IN IP4 192.0.2.1`; null when anything about it is special. */
function addressOf(m: SipMessage, start: number, end: number): string | null {
  const { data, src } = m;
  const at = start + 9;
  // `IN IP4 ` or `IN IP6 `.
  const plain =
    end > at &&
    data[start + 2] === 0x49 &&
    data[start + 3] === 0x4e &&
    data[start + 4] === SPACE &&
    data[start + 5] === 0x49 &&
    data[start + 6] === 0x50 &&
    data[start + 8] === SPACE;
  if (!plain) return null;
  // The usual address is the sender's own.
  if (sameOctets(data, at, end, src.ip)) return src.ip;
  const address = octetText(data, at, end);
  return PLAIN_ADDRESS.test(address) ? address : null;
}

function mediaLine(
  side: 'caller' | 'callee',
  shape: Pick<Shape, 'media' | 'protocol' | 'codecs' | 'direction' | 'im'>,
  address: string,
  port: number,
): CallMedia {
  const { media, protocol, codecs, direction, im } = shape;
  return { side, media, protocol, codecs, address, port, direction, im };
}

/** RFC 3261 §7.4.1, §20.15: types compare without case, and parameters may follow. */
function isSdp(data: Buffer, start: number, end: number): boolean {
  if (end - start < SDP.length) return false;
  for (let i = 0; i < SDP.length; i++) {
    // Folding a `/` with 32 leaves it as it is.
    if ((data[start + i] | 32) !== SDP.charCodeAt(i)) return false;
  }
  const next = start + SDP.length;
  return next === end || data[next] === SEMICOLON || data[next] <= SPACE;
}

const NO_LINES: readonly MediaSummary[] = [];
const PLAIN_ADDRESS = /^[0-9A-Fa-f.:]+$/;
const SDP = 'application/sdp';
const CONTENT_TYPE = HEADER['Content-Type'];
const LETTER_A = 0x61;
const LETTER_C = 0x63;
const LETTER_M = 0x6d;
const CR = 13;
const LF = 10;
const EQUALS = 61;
const NINE = 57;
const SEMICOLON = 59;
const SPACE = 32;
const ZERO = 48;

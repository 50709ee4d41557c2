// The session description of a message, kept in few words. Descriptions that one kind of device writes differ in address
// and port alone: what follows the port of the only m= line is worked out once and shared (a bounded memory).
import type { Direction } from '../sdp/direction.ts';
import { scanMedia } from '../sdp/scan.ts';
import type { MediaSummary } from '../sdp/summary.ts';
import { HEADER } from '../sip/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { COLUMN, COLUMNS } from '../sip/scan.ts';
import type { CallMedia } from './call.ts';
import { JsonPiece } from './json-piece.ts';
import { spellOut } from './json-text.ts';
import { octetText, sameOctets } from './octets.ts';

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
  let connection = -1;
  let connectionEnd = -1;
  let at = start;
  for (;;) {
    const letter = data[at];
    if (at + 1 >= end || data[at + 1] !== EQUALS || letter === LETTER_A) return null;
    if (letter === LETTER_M) break;
    const line = at;
    while (at < end && data[at] > CR) at++;
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
  for (; rest < end && data[rest] >= ZERO && data[rest] <= NINE && port < 100_000; rest++)
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

/** The shape of a description by its media and what follows the port; null when that is not all there is to it. */
function shapeOf(
  data: Buffer,
  start: number,
  end: number,
  media: number,
  mediaEnd: number,
  rest: number,
): Shape | null {
  for (let i = 0; i < SHAPES.length; i++) {
    const shape = SHAPES[i];
    if (sameRest(data, rest, end, shape.rest) && sameOctets(data, media, mediaEnd, shape.media)) return shape;
  }
  if (/[\r\n][mc]=/.test(data.toString('latin1', rest, end))) return null;
  const lines = scanMedia(data, start, end);
  if (lines.length !== 1 || !sameOctets(data, media, mediaEnd, lines[0].media)) return null;
  const { media: name, protocol, codecs, direction, im } = lines[0];
  const shape = {
    rest: Uint8Array.from(data.subarray(rest, end)),
    media: name,
    protocol,
    codecs,
    direction,
    im,
    ...piecesOf(lines[0]),
  };
  if (SHAPES.length < MAX_SHAPES) SHAPES.push(shape);
  else SHAPES[nextShape++ % MAX_SHAPES] = shape;
  return shape;
}

function sameRest(data: Buffer, start: number, end: number, rest: Uint8Array): boolean {
  if (end - start !== rest.length) return false;
  for (let i = 0; i < rest.length; i++) if (data[start + i] !== rest[i]) return false;
  return true;
}

function piecesOf(line: MediaSummary): Pick<Shape, 'before' | 'after'> {
  const { media, protocol, codecs, direction, im } = line;
  const before = spellOut(JSON.stringify({ media, protocol, codecs, address: '' }));
  const after = spellOut(JSON.stringify({ direction, im }));
  return {
    before: new JsonPiece(`,${before.slice(1, -2)}`),
    after: new JsonPiece(`,${after.slice(1)}`),
  };
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

/** What descriptions of one kind have in common. */
export interface Shape {
  /** The octets after the port. */
  readonly rest: Uint8Array;
  readonly media: string;
  readonly protocol: string;
  readonly codecs: readonly string[];
  readonly direction: Direction;
  readonly im: boolean;
  /** Its line in a record, before the address and after the port. */
  readonly before: JsonPiece;
  readonly after: JsonPiece;
}

/** The last kinds met, oldest overwritten first. */
const SHAPES: Shape[] = [];
const MAX_SHAPES = 32;
let nextShape = 0;
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

// The session description of a message, kept in few words. Descriptions that one kind of device writes differ in address
// and port alone: what follows the port of the only m= line is worked out once and shared (a bounded memory).
import type { Direction } from '../sdp/direction.ts';
import { scanMedia } from '../sdp/scan.ts';
import type { MediaSummary } from '../sdp/summary.ts';
import { HEADER } from '../sip/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { COLUMN, COLUMNS } from '../sip/scan.ts';
import type { CallMedia } from './call.ts';

export class Session {
  private readonly shape: Shape | null;
  private readonly address: string;
  private readonly port: number;
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
  const { data } = m;
  const text = data.toString('latin1', start, end);
  return common(text, m, start, end) ?? new Session(null, '', 0, scanMedia(data, start, end));
}

/**
 * The common case: one m= line with a plain port, the address in a c= line before it, and no attributes before it.
 * null for everything else.
 */
function common(text: string, m: SipMessage, start: number, end: number): Session | null {
  // Wherever these letters stand otherwise, at the start of a line or within one, the long way is taken.
  const media = text.indexOf('m=');
  const connection = text.indexOf('c=');
  if (connection < 0 || connection > media) return null;
  const attribute = text.indexOf('a=');
  if (attribute >= 0 && attribute < media) return null;
  if (!text.startsWith('\r\n', media - 2) || !text.startsWith('\r\nc=IN IP', connection - 2)) return null;
  const portAt = text.indexOf(' ', media) + 1;
  const portEnd = text.indexOf(' ', portAt);
  const addressAt = connection + 9;
  const addressEnd = text.indexOf('\r\n', addressAt);
  if (portAt === 0 || portEnd < 0 || text.charCodeAt(addressAt - 1) !== SPACE || addressEnd > media)
    return null;
  const port = plainNumber(text, portAt, portEnd);
  if (port < 0) return null;
  const shape = shapeOf(text, portEnd, m.data, start, end);
  if (shape === null || text.charCodeAt(media + 2) !== shape.media.charCodeAt(0)) return null;
  if (portAt - 1 - (media + 2) !== shape.media.length || !text.startsWith(shape.media, media + 2))
    return null;
  const { ip } = m.src;
  // The usual address is the sender's own.
  if (addressEnd - addressAt === ip.length && text.startsWith(ip, addressAt))
    return new Session(shape, ip, port, NO_LINES);
  // A string of its own: a slice would keep the whole text.
  const address = m.data.toString('latin1', start + addressAt, start + addressEnd);
  return PLAIN_ADDRESS.test(address) ? new Session(shape, address, port, NO_LINES) : null;
}

/** The shape of a description by what follows the port of its m= line; null when that is not all there is to it. */
function shapeOf(text: string, at: number, data: Buffer, start: number, end: number): Shape | null {
  const length = text.length - at;
  for (const shape of SHAPES)
    if (shape.rest.length === length && text.startsWith(shape.rest, at)) return shape;
  if (/[\r\n][mc]=/.test(text.slice(at))) return null;
  const lines = scanMedia(data, start, end);
  if (lines.length !== 1) return null;
  const { media, protocol, codecs, direction, im } = lines[0];
  const shape = { rest: text.slice(at), media, protocol, codecs, direction, im };
  if (SHAPES.length < MAX_SHAPES) SHAPES.push(shape);
  else SHAPES[nextShape++ % MAX_SHAPES] = shape;
  return shape;
}

function mediaLine(
  side: 'caller' | 'callee',
  shape: Omit<Shape, 'rest'>,
  address: string,
  port: number,
): CallMedia {
  const { media, protocol, codecs, direction, im } = shape;
  return { side, media, protocol, codecs, address, port, direction, im };
}

function plainNumber(text: string, start: number, end: number): number {
  if (end === start || end - start > 5) return -1;
  let number = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
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
interface Shape {
  /** The text after the port. */
  readonly rest: string;
  readonly media: string;
  readonly protocol: string;
  readonly codecs: readonly string[];
  readonly direction: Direction;
  readonly im: boolean;
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
const LETTER_M = 0x6d;
const SEMICOLON = 59;
const SPACE = 32;
const ZERO = 48;

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
  const { data } = m;
  const media = text.indexOf('\r\nm=');
  const connection = text.indexOf('\r\nc=IN IP');
  if (media < 0 || connection < 0 || connection > media) return null;
  const head = text.lastIndexOf('\r\na=', media);
  if (head >= 0 || text.indexOf('\nm=', media + 4) >= 0 || text.indexOf('\nc=', connection + 3) >= 0)
    return null;
  const portAt = text.indexOf(' ', media) + 1;
  const portEnd = text.indexOf(' ', portAt);
  const addressAt = connection + 11;
  const addressEnd = text.indexOf('\r\n', addressAt);
  if (portAt === 0 || portEnd < 0 || text.charCodeAt(addressAt - 1) !== SPACE || addressEnd > media)
    return null;
  const port = plainNumber(text, portAt, portEnd);
  const address =
    addressAt + m.src.ip.length === addressEnd && text.startsWith(m.src.ip, addressAt)
      ? m.src.ip
      : // the usual one
        // A string of its own: a slice would keep the whole text.
        data.toString('latin1', start + addressAt, start + addressEnd);
  if (port < 0 || !PLAIN_ADDRESS.test(address)) return null;
  const key = `${text.slice(media + 4, portAt)}${text.slice(portEnd)}`;
  let shape = SHAPES.get(key);
  if (shape === undefined) {
    const lines = scanMedia(data, start, end);
    if (lines.length !== 1 || lines[0].port !== port || lines[0].address !== address) return null;
    if (SHAPES.size >= MAX_SHAPES) SHAPES.clear();
    shape = lines[0];
    SHAPES.set(key, shape);
  }
  return new Session(shape, address, port, NO_LINES);
}

function mediaLine(side: 'caller' | 'callee', shape: Shape, address: string, port: number): CallMedia {
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
  readonly media: string;
  readonly protocol: string;
  readonly codecs: readonly string[];
  readonly direction: Direction;
  readonly im: boolean;
}

const SHAPES = new Map<string, Shape>();
const MAX_SHAPES = 512;
const NO_LINES: readonly MediaSummary[] = [];
const PLAIN_ADDRESS = /^[0-9A-Fa-f.:]+$/;
const SDP = 'application/sdp';
const CONTENT_TYPE = HEADER['Content-Type'];
const LETTER_A = 0x61;
const LETTER_M = 0x6d;
const SEMICOLON = 59;
const SPACE = 32;
const ZERO = 48;

// The session description of a message, kept in few words. Descriptions that one kind of device writes differ in address
// and port alone: the rest is worked out once and shared.
import { scanMedia } from '../../sdp/scan.ts';
import type { MediaSummary } from '../../sdp/summary.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { COLUMN, COLUMNS } from '../../sip/scan.ts';
import type { CallMedia } from '../call.ts';
import { octetText } from '../kept/octets.ts';
import { MOST_KINDS } from './session-kinds.ts';
import { isSdpType, isSendersAddress, LINES, locateLines } from './session-lines.ts';
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
  const { sessionKind: kind } = m;
  if (kind === 0) return describedBy(m);
  const known = KINDS[kind % MOST_KINDS];
  if (known !== undefined && known.kind === kind)
    return new Session(known.shape, m.src.ip, m.sessionPort, NO_LINES);
  const session = describedBy(m);
  if (session !== null && session.shape !== null) KINDS[kind % MOST_KINDS] = { kind, shape: session.shape };
  return session;
}

function describedBy(m: SipMessage): Session | null {
  const row = m.find(CONTENT_TYPE);
  if (row < 0) return null;
  // Without multipart the type says it all; only multipart bodies are taken apart.
  const first = m.data[m.table[row * COLUMNS + COLUMN.valueStart]] | 32;
  if (first === LETTER_A) return isSdpType(m, row) ? parse(m, m.bodyStart, m.bodyEnd) : null;
  if (first !== LETTER_M) return null;
  const part = m.sdpBody();
  return part === undefined ? null : parse(m, part.start, part.end);
}

function parse(m: SipMessage, start: number, end: number): Session {
  return common(m, start, end) ?? new Session(null, '', 0, scanMedia(m.data, start, end));
}

/** The common case; null for everything else. */
function common(m: SipMessage, start: number, end: number): Session | null {
  if (!locateLines(m.data, start, end)) return null;
  const { media, mediaEnd, rest, port } = LINES;
  const address = addressOf(m);
  if (address === null) return null;
  const shape = shapeOf(m.data, start, end, media, mediaEnd, rest);
  return shape === null ? null : new Session(shape, address, port, NO_LINES);
}

/** null when anything about it is special. */
function addressOf(m: SipMessage): string | null {
  // The usual address is the sender's own.
  if (isSendersAddress(m)) return m.src.ip;
  const address = octetText(m.data, LINES.address, LINES.addressEnd);
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

const NO_LINES: readonly MediaSummary[] = [];
/** What the kinds of session-kinds.ts turned out to be; those that have not been met are not there. */
const KINDS: { readonly kind: number; readonly shape: Shape }[] = [];
const PLAIN_ADDRESS = /^[0-9A-Fa-f.:]+$/;
const CONTENT_TYPE = HEADER['Content-Type'];
const LETTER_A = 0x61;
const LETTER_M = 0x6d;

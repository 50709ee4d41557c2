// What session descriptions of one kind have in common: all that is told of their only m= line but its address and port.
// The last kinds met are remembered, so that a description of a kind that was met is compared, not taken apart.
import type { Direction } from '../sdp/direction.ts';
import { scanMedia } from '../sdp/scan.ts';
import { endOfLine } from '../sip/scan.ts';
import { JsonPiece } from './json-piece.ts';
import { spellOut } from './json-text.ts';
import { sameOctets } from './octets.ts';

export interface Shape {
  readonly media: string;
  readonly protocol: string;
  readonly codecs: readonly string[];
  readonly direction: Direction;
  readonly im: boolean;
  /** The octets that tell the kind, besides the media. */
  readonly telling: Uint8Array;
  /** Its line in a record, before the address and after the port. */
  readonly before: JsonPiece;
  readonly after: JsonPiece;
}

/**
 * The shape of `data[start, end)`, whose m= line has its media at `data[media, mediaEnd)` and its port end at `rest`. null
 * where that line is not all there is to it.
 */
export function shapeOf(
  data: Buffer,
  start: number,
  end: number,
  media: number,
  mediaEnd: number,
  rest: number,
): Shape | null {
  const im = sameOctets(data, media, mediaEnd, IM) || sameOctets(data, media, mediaEnd, MICROSOFT_IM);
  const length = gather(data, rest, end, im);
  if (length < 0) return null;
  for (let i = 0; i < SHAPES.length; i++) {
    const shape = SHAPES[i];
    if (isTold(shape.telling, length) && sameOctets(data, media, mediaEnd, shape.media)) return shape;
  }
  const lines = scanMedia(data, start, end);
  if (lines.length !== 1 || !sameOctets(data, media, mediaEnd, lines[0].media)) return null;
  const { media: name, protocol, codecs, direction } = lines[0];
  const before = spellOut(JSON.stringify({ media: name, protocol, codecs, address: '' }));
  const after = spellOut(JSON.stringify({ direction, im }));
  const shape: Shape = {
    ...{ media: name, protocol, codecs, direction, im },
    telling: TELLING.slice(0, length),
    before: new JsonPiece(`,${before.slice(1, -2)}`),
    after: new JsonPiece(`,${after.slice(1)}`),
  };
  if (SHAPES.length < MAX_SHAPES) SHAPES.push(shape);
  else SHAPES[nextShape++ % MAX_SHAPES] = shape;
  return shape;
}

/** Copies what tells the kind to TELLING; its length, or -1 where there is another m= or c= line, or too much. */
function gather(data: Buffer, rest: number, end: number, im: boolean): number {
  let at = rest;
  if (im) {
    // What follows the protocol names no codecs: most often it is the user's address.
    at++;
    while (at < end && data[at] > SPACE && data[at] < DEL) at++;
    if (at === rest + 1 || data[at] !== SPACE) at = rest;
  }
  if (at === rest) at = endOfLine(data, at, end);
  let length = copy(data, rest, at, 0);
  at = endOfLine(data, at, end);
  for (let lines = 0; at < end; lines++) {
    if (data[at] === CR || data[at] === LF) at++;
    const line = at;
    at = endOfLine(data, at, end);
    if (at - line < 2 || data[line + 1] !== EQUALS) continue;
    const letter = data[line];
    if (letter === M || letter === C || lines > MAX_LINES || length < 0) return -1;
    if (letter === A && counts(data, line + 2)) length = copy(data, line, at, length);
  }
  return length;
}

/** Whether an attribute may be one that scanMedia looks at. */
function counts(data: Buffer, at: number): boolean {
  switch ((data[at] << 8) | data[at + 1]) {
    case 0x7274: // rtpmap, not rtcp
      return data[at + 2] === 0x70;
    case 0x7365: // sendrecv, sendonly
    case 0x7265: // recvonly
    case 0x696e: // inactive
    case 0x6275: // bundle-only
      return true;
  }
  return false;
}

/** Where the copy ends in TELLING, which ends it with a mark; -1 when there is no room for it. */
function copy(data: Buffer, start: number, end: number, to: number): number {
  if (to < 0 || to + end - start >= TELLING.length) return -1;
  let at = to;
  for (let i = start; i < end; i++) TELLING[at++] = data[i];
  TELLING[at++] = LF;
  return at;
}

function isTold(telling: Uint8Array, length: number): boolean {
  if (telling.length !== length) return false;
  for (let i = 0; i < length; i++) if (TELLING[i] !== telling[i]) return false;
  return true;
}

const TELLING = new Uint8Array(1024);
/** Oldest overwritten first. */
const SHAPES: Shape[] = [];
const MAX_SHAPES = 32;
let nextShape = 0;
const IM = 'message';
const MICROSOFT_IM = 'x-ms-message';
/** Of more lines scanMedia leaves the last unread. */
const MAX_LINES = 1000;
const LF = 10;
const CR = 13;
const SPACE = 32;
const EQUALS = 61;
const A = 97;
const C = 99;
const M = 109;
const DEL = 127;

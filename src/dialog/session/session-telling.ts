// The octets of a session description that tell its kind: what stands behind the port of its only m= line, and the attributes
// that say anything of codecs and direction.
import { endOfLine } from '../../sip/scan.ts';
import { sameOctets } from '../kept/octets.ts';

/** Gathers what tells the kind: its length, or -1 where there is another m= or c= line, or too much. */
export function gather(data: Buffer, end: number, media: number, mediaEnd: number, rest: number): number {
  let at = rest;
  if (isMessaging(data, media, mediaEnd)) {
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

/** A copy of what was gathered last. */
export function told(length: number): Uint8Array {
  return TELLING.slice(0, length);
}

/** m=message or m=x-ms-message. */
export function isMessaging(data: Buffer, media: number, mediaEnd: number): boolean {
  return sameOctets(data, media, mediaEnd, IM) || sameOctets(data, media, mediaEnd, MICROSOFT_IM);
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

/** Whether it is what was gathered last. */
export function isTold(telling: Uint8Array, length: number): boolean {
  if (telling.length !== length) return false;
  for (let i = 0; i < length; i++) if (TELLING[i] !== telling[i]) return false;
  return true;
}

const TELLING = new Uint8Array(1024);
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

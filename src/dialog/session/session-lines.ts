// Where the lines of a common session description stand that tell one call from another: lines that end in CRLF, one m= with a
// plain port, the address in a c= line before it, no attributes before it (RFC 8866 §5).
import type { SipMessage } from '../../sip/message.ts';
import { COLUMN, COLUMNS } from '../../sip/scan.ts';
import { controlAt, wordsOf } from '../../sip/text/octet-words.ts';
import { sameOctets } from '../kept/octets.ts';

/** Sets LINES; false where `data[start, end)` is not of the common kind. */
export function locateLines(data: Buffer, start: number, end: number): boolean {
  const words = wordsOf(data);
  let connection = -1;
  let connectionEnd = -1;
  let at = start;
  for (;;) {
    const letter = data[at];
    if (at + 1 >= end || data[at + 1] !== EQUALS || letter === LETTER_A) return false;
    if (letter === LETTER_M) break;
    const line = at;
    at = controlAt(data, words, at, end);
    if (at + 1 >= end || data[at] !== CR || data[at + 1] !== LF) return false;
    if (letter === LETTER_C) {
      if (connection >= 0) return false;
      connection = line;
      connectionEnd = at;
    }
    at += 2;
  }
  if (connection < 0) return false;
  const media = at + 2;
  let mediaEnd = media;
  while (mediaEnd < end && data[mediaEnd] > SPACE) mediaEnd++;
  let rest = mediaEnd + 1;
  let port = 0;
  for (; rest < end && data[rest] >= ZERO && data[rest] <= NINE && port <= 65_535; rest++)
    port = port * 10 + data[rest] - ZERO;
  if (rest === mediaEnd + 1 || data[mediaEnd] !== SPACE || data[rest] !== SPACE) return false;
  LINES.media = media;
  LINES.mediaEnd = mediaEnd;
  LINES.rest = rest;
  LINES.port = port;
  // `c=IN IP4 ` or `c=IN IP6 `.
  const isPlain =
    connectionEnd > connection + ADDRESS &&
    data[connection + 2] === 0x49 &&
    data[connection + 3] === 0x4e &&
    data[connection + 4] === SPACE &&
    data[connection + 5] === 0x49 &&
    data[connection + 6] === 0x50 &&
    data[connection + 8] === SPACE;
  LINES.address = connection + ADDRESS;
  LINES.addressEnd = connectionEnd;
  return isPlain;
}

/** Whether the address in LINES is the one the message came from. */
export function isSendersAddress({ data, src }: SipMessage): boolean {
  return sameOctets(data, LINES.address, LINES.addressEnd, src.ip);
}

/** RFC 3261 §7.4.1, §20.15: whether row `row` says application/sdp; types compare without case, and parameters may follow. */
export function isSdpType({ data, table }: SipMessage, row: number): boolean {
  const start = table[row * COLUMNS + COLUMN.valueStart];
  const end = table[row * COLUMNS + COLUMN.valueEnd];
  if (end - start < SDP.length) return false;
  for (let i = 0; i < SDP.length; i++) {
    // Folding a `/` with 32 leaves it as it is.
    if ((data[start + i] | 32) !== SDP.charCodeAt(i)) return false;
  }
  const next = start + SDP.length;
  return next === end || data[next] === SEMICOLON || data[next] <= SPACE;
}

/** The media of the m= line, what stands behind its port, the port, and the address of the c= line. */
export const LINES = { media: 0, mediaEnd: 0, rest: 0, port: 0, address: 0, addressEnd: 0 };
/** Where it stands in a c= line. */
const ADDRESS = 9;
const SDP = 'application/sdp';
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

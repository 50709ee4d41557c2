// A scanned message ⇄ words in memory that two threads share: what the scan found and where it was seen, without its octets.
// Offsets are moved to where the octets lie for the other thread. Numbers that are no 32-bit integers come in pairs of words.
import type { Endpoint } from '../network/endpoint.ts';
import type { Passage } from '../network/passage.ts';
import type { Transport } from '../network/payload.ts';
import type { SipMessage } from './message.ts';
import { COLUMNS } from './scan.ts';

/** At most so many words does a message take. */
export function wordsOf(m: SipMessage): number {
  const frames = m.frames === null ? 0 : m.frames.length;
  return FIXED_WORDS + WIDE_WORDS + m.headerCount * COLUMNS + 1 + 2 * frames + 1;
}

/** Writes `m` to `words` from `at` on; its octets lie `by` further than `m` says. The endpoints and how it came go by number. */
export function writeMessage(
  words: Int32Array,
  at: number,
  m: SipMessage,
  by: number,
  src: number,
  dst: number,
  passage: number,
): number {
  const start = at;
  const wide = isWide(m.frame) || isWide(m.seconds) || isWide(m.duplicateOf) || isWide(m.cseqNumber);
  const isWideMessage = wide || isWide(m.contentLength);
  words[at++] =
    TRANSPORTS.indexOf(m.transport) |
    (m.truncated ? BIT.truncated : 0) |
    (m.isRequest ? BIT.isRequest : 0) |
    (m.headersComplete ? BIT.headersComplete : 0) |
    (m.frames !== null ? BIT.frames : 0) |
    (isWideMessage ? BIT.wide : 0) |
    (m.passage !== null ? BIT.passage : 0);
  words[at++] = src;
  words[at++] = dst;
  words[at++] = m.frame | 0;
  words[at++] = m.seconds | 0;
  words[at++] = m.nanoseconds;
  words[at++] = m.duplicateOf | 0;
  words[at++] = m.start + by;
  words[at++] = m.end + by;
  words[at++] = m.limit + by;
  words[at++] = m.methodId;
  words[at++] = m.status;
  words[at++] = moved(m.methodStart, by);
  words[at++] = moved(m.methodEnd, by);
  words[at++] = moved(m.uriStart, by);
  words[at++] = moved(m.uriEnd, by);
  words[at++] = moved(m.versionStart, by);
  words[at++] = moved(m.versionEnd, by);
  words[at++] = moved(m.reasonStart, by);
  words[at++] = moved(m.reasonEnd, by);
  words[at++] = moved(m.startLineEnd, by);
  words[at++] = m.viaRow;
  words[at++] = m.fromRow;
  words[at++] = m.toRow;
  words[at++] = m.callIdRow;
  words[at++] = m.cseqRow;
  words[at++] = moved(m.callIdStart, by);
  words[at++] = moved(m.callIdEnd, by);
  words[at++] = moved(m.branchStart, by);
  words[at++] = moved(m.branchEnd, by);
  words[at++] = moved(m.fromTagStart, by);
  words[at++] = moved(m.fromTagEnd, by);
  words[at++] = moved(m.toTagStart, by);
  words[at++] = moved(m.toTagEnd, by);
  words[at++] = m.cseqNumber | 0;
  words[at++] = m.cseqMethodId;
  words[at++] = moved(m.cseqMethodStart, by);
  words[at++] = moved(m.cseqMethodEnd, by);
  words[at++] = m.contentLength | 0;
  words[at++] = m.flags;
  words[at++] = moved(m.bodyStart, by);
  words[at++] = moved(m.bodyEnd, by);
  words[at++] = m.sessionKind;
  words[at++] = m.sessionPort;
  words[at++] = m.headerCount;
  const { table } = m;
  const rows = m.headerCount * COLUMNS;
  for (let i = 0; i < rows; i += COLUMNS) {
    words[at] = table[i];
    words[at + 1] = table[i + 1] + by;
    words[at + 2] = table[i + 2] + by;
    words[at + 3] = table[i + 3] + by;
    words[at + 4] = table[i + 4] + by;
    words[at + 5] = table[i + 5] + by;
    at += COLUMNS;
  }
  if (m.frames !== null) at = writeFrames(words, at, m.frames);
  if (isWideMessage) at = writeWide(words, at, m);
  if (m.passage !== null) words[at++] = passage;
  words[start] |= (at - start) << LENGTH_AT;
  return at;
}

/** Where the message at `at` ends. */
export function endOfMessage(words: Int32Array, at: number): number {
  return at + (words[at] >>> LENGTH_AT);
}

/** Reads the message at `at` into `m`, whose `data` the caller has set; says where the next one begins. */
export function readMessage(
  words: Int32Array,
  at: number,
  m: SipMessage,
  endpoints: readonly Endpoint[],
  passages: readonly Passage[],
): number {
  m.forget();
  const bits = words[at++];
  m.transport = TRANSPORTS[bits & BIT.transport];
  m.truncated = (bits & BIT.truncated) !== 0;
  m.isRequest = (bits & BIT.isRequest) !== 0;
  m.headersComplete = (bits & BIT.headersComplete) !== 0;
  m.src = endpoints[words[at++]];
  m.dst = endpoints[words[at++]];
  m.frame = words[at++];
  m.seconds = words[at++];
  m.nanoseconds = words[at++];
  m.duplicateOf = words[at++];
  m.start = words[at++];
  m.end = words[at++];
  m.limit = words[at++];
  m.methodId = words[at++];
  m.status = words[at++];
  m.methodStart = words[at++];
  m.methodEnd = words[at++];
  m.uriStart = words[at++];
  m.uriEnd = words[at++];
  m.versionStart = words[at++];
  m.versionEnd = words[at++];
  m.reasonStart = words[at++];
  m.reasonEnd = words[at++];
  m.startLineEnd = words[at++];
  m.viaRow = words[at++];
  m.fromRow = words[at++];
  m.toRow = words[at++];
  m.callIdRow = words[at++];
  m.cseqRow = words[at++];
  m.callIdStart = words[at++];
  m.callIdEnd = words[at++];
  m.branchStart = words[at++];
  m.branchEnd = words[at++];
  m.fromTagStart = words[at++];
  m.fromTagEnd = words[at++];
  m.toTagStart = words[at++];
  m.toTagEnd = words[at++];
  m.cseqNumber = words[at++];
  m.cseqMethodId = words[at++];
  m.cseqMethodStart = words[at++];
  m.cseqMethodEnd = words[at++];
  m.contentLength = words[at++];
  m.flags = words[at++];
  m.bodyStart = words[at++];
  m.bodyEnd = words[at++];
  m.sessionKind = words[at++];
  m.sessionPort = words[at++];
  m.headerCount = words[at++];
  const rows = m.headerCount * COLUMNS;
  if (rows > m.table.length) m.table = new Int32Array(Math.max(rows, FEWEST_ROWS * COLUMNS));
  const { table } = m;
  for (let i = 0; i < rows; i++) table[i] = words[at + i];
  at += rows;
  m.frames = null;
  if ((bits & BIT.frames) !== 0) at = readFrames(words, at, m);
  if ((bits & BIT.wide) !== 0) at = readWide(words, at, m);
  m.passage = (bits & BIT.passage) === 0 ? null : passages[words[at++]];
  return at;
}

function writeFrames(words: Int32Array, at: number, frames: readonly number[]): number {
  words[at++] = frames.length;
  for (const frame of frames) at = writeNumber(words, at, frame);
  return at;
}

function readFrames(words: Int32Array, at: number, m: SipMessage): number {
  const count = words[at++];
  m.frames = Array.from({ length: count }, (_, i) => readNumber(words, at + 2 * i));
  return at + 2 * count;
}

function writeWide(words: Int32Array, at: number, m: SipMessage): number {
  for (const number of [m.frame, m.seconds, m.duplicateOf, m.cseqNumber, m.contentLength])
    at = writeNumber(words, at, number);
  return at;
}

function readWide(words: Int32Array, at: number, m: SipMessage): number {
  m.frame = readNumber(words, at);
  m.seconds = readNumber(words, at + 2);
  m.duplicateOf = readNumber(words, at + 4);
  m.cseqNumber = readNumber(words, at + 6);
  m.contentLength = readNumber(words, at + 8);
  return at + WIDE_WORDS;
}

/** High and low halves keep whole numbers up to 2^53, negative ones as well. */
function writeNumber(words: Int32Array, at: number, value: number): number {
  words[at] = Math.floor(value / TWO_32);
  words[at + 1] = value | 0;
  return at + 2;
}

function readNumber(words: Int32Array, at: number): number {
  return words[at] * TWO_32 + (words[at + 1] >>> 0);
}

function isWide(value: number): boolean {
  return (value | 0) !== value;
}

/** An offset moved; -1 stays what it is. */
function moved(offset: number, by: number): number {
  return offset < 0 ? offset : offset + by;
}

const TRANSPORTS: readonly Transport[] = ['udp', 'tcp', 'sctp', 'tls', 'ws', 'wss'];
const BIT = {
  transport: 7,
  truncated: 8,
  isRequest: 16,
  headersComplete: 32,
  frames: 64,
  wide: 128,
  passage: 256,
} as const;
/** Above the bits stands how many words the message takes. */
const LENGTH_AT = 9;
const FIXED_WORDS = 45;
/** Five numbers. */
const WIDE_WORDS = 10;
const FEWEST_ROWS = 32;
const TWO_32 = 0x100000000;

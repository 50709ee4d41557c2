// A kept message as octets: what the capture and the correlator know of it, then its own octets. To scan it again when it is
// asked for is cheaper than to hold what the scan found.
import type { Endpoint } from '../network/endpoint.ts';
import type { Transport } from '../network/payload.ts';
import { SipMessage } from '../sip/message.ts';
import { COLUMNS, scanFragment } from '../sip/scan.ts';
import { type CallEvent, type MessageInfo, MOMENTS } from './call.ts';
import { readOctets } from './kept-octets.ts';

/** What stands before the octets of a message: fields as laid out below, then its packets where they are several. */
export function rowHead(m: SipMessage, info: MessageInfo, src: number, dst: number): Buffer {
  const { frames } = m;
  INTS[LENGTH] = m.limit - m.start;
  INTS[HEADERS] = m.headerCount;
  INTS[FLAGS] = m.flags;
  INTS[FRAMES] = frames === null ? -1 : frames.length;
  INTS[NANOSECONDS] = m.nanoseconds;
  INTS[SRC] = src;
  INTS[DST] = dst;
  INTS[SORT] = TRANSPORTS.indexOf(m.transport) | (m.truncated ? CUT : 0);
  INTS[MOMENT] = MOMENTS.indexOf(info.moment);
  INTS[TRANSACTION] = info.transaction;
  INTS[UPSTREAM] = info.upstream;
  INTS[DIALOG] = info.dialog;
  DOUBLES[FRAME] = m.frame;
  DOUBLES[DUPLICATE] = info.duplicateOf;
  DOUBLES[REPEATED] = info.retransmissionOf;
  DOUBLES[SECONDS] = m.seconds;
  DOUBLES[DELAY] = info.delay ?? Number.NaN;
  return frames === null ? HEAD : Buffer.concat([HEAD, Buffer.from(Float64Array.from(frames).buffer)]);
}

/** Reads `count` rows, which take all of `rows`; `headers` and `octets` are those of all messages together. */
export function readRows(
  rows: Buffer,
  count: number,
  headers: number,
  octets: number,
  endpoints: readonly Endpoint[],
): CallEvent[] {
  const room = takeRoom(headers * COLUMNS * 4 + octets);
  const tables = new Int32Array(SLAB.memory, room, headers * COLUMNS);
  const data = Buffer.from(SLAB.memory, room + headers * COLUMNS * 4, octets);
  const events: CallEvent[] = [];
  let table = 0;
  let start = 0;
  for (let at = 0; events.length < count; ) {
    rows.copy(HEAD, 0, at, at + HEAD_OCTETS);
    at += HEAD_OCTETS;
    const message = new SipMessage();
    message.frame = whole(DOUBLES[FRAME]);
    const several = INTS[FRAMES];
    if (several >= 0) message.frames = packetsAt(rows, at, several);
    const end = start + INTS[LENGTH];
    at = readOctets(rows, at + 8 * Math.max(0, several), INTS[LENGTH], data, start);
    message.seconds = whole(DOUBLES[SECONDS]);
    message.nanoseconds = INTS[NANOSECONDS];
    message.src = endpoints[INTS[SRC]];
    message.dst = endpoints[INTS[DST]];
    message.transport = TRANSPORTS[INTS[SORT] & ~CUT];
    message.truncated = (INTS[SORT] & CUT) !== 0;
    message.duplicateOf = whole(DOUBLES[DUPLICATE]);
    const room = INTS[HEADERS] * COLUMNS;
    message.table = tables.subarray(table, table + room);
    table += room;
    scanFragment(message, data, start, end);
    start = end;
    // Empty lines before it are not kept, but known of.
    message.flags = INTS[FLAGS];
    const delay = DOUBLES[DELAY];
    events.push({
      message,
      retransmissionOf: whole(DOUBLES[REPEATED]),
      duplicateOf: message.duplicateOf,
      transaction: INTS[TRANSACTION],
      upstream: INTS[UPSTREAM],
      dialog: INTS[DIALOG],
      delay: Number.isNaN(delay) ? null : delay,
      moment: MOMENTS[INTS[MOMENT]],
    });
  }
  return events;
}

/** Room in SLAB.memory: calls that are read one after the other share it. One by one they would leave the heap in pieces. */
function takeRoom(octets: number): number {
  const from = (SLAB.used + 3) & ~3;
  if (from + octets <= SLAB.memory.byteLength) {
    SLAB.used = from + octets;
    return from;
  }
  SLAB.memory = new ArrayBuffer(Math.max(octets, SLAB_OCTETS));
  SLAB.used = octets;
  return 0;
}

/** What is read as a double is one to the engine, in eight octets of its own wherever it is kept, unless it is made a whole number. */
function whole(value: number): number {
  const small = value | 0;
  return small === value ? small : value;
}

function packetsAt(rows: Buffer, at: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => rows.readDoubleLE(at + 8 * index));
}

const HEAD_OCTETS = 88;
const HEAD = Buffer.from(new ArrayBuffer(HEAD_OCTETS));
const INTS = new Int32Array(HEAD.buffer);
const DOUBLES = new Float64Array(HEAD.buffer);
// In doubles:
const SECONDS = 0;
const DELAY = 1;
const FRAME = 2;
const DUPLICATE = 3;
const REPEATED = 4;
// In integers:
const LENGTH = 10;
const HEADERS = 11;
const FLAGS = 12;
const FRAMES = 13;
const NANOSECONDS = 14;
const SRC = 15;
const DST = 16;
const SORT = 17;
const MOMENT = 18;
const TRANSACTION = 19;
const UPSTREAM = 20;
const DIALOG = 21;
const TRANSPORTS: readonly Transport[] = ['udp', 'tcp', 'sctp', 'tls', 'ws', 'wss'];
const CUT = 8;
const SLAB_OCTETS = 32 << 10;
const SLAB = { memory: new ArrayBuffer(0), used: 0 };

// A kept message as octets: what the capture and the correlator know of it, then its own octets. To scan it again when it is
// asked for is cheaper than to hold what the scan found.
import type { Endpoint } from '../../network/endpoint.ts';
import type { Passage } from '../../network/passage.ts';
import type { Transport } from '../../network/payload.ts';
import { SipMessage } from '../../sip/message.ts';
import { COLUMNS, scanFragment } from '../../sip/scan.ts';
import { type CallEvent, type MessageInfo, MOMENTS } from '../call.ts';
import { readOctets } from './kept-octets.ts';
import type { SharedLines } from './shared-lines.ts';
import { NumberReader, type NumberWriter } from './whole-numbers.ts';

/** Writes what stands before the octets of a message: fields as below, then its packets where they are several. */
export function writeHead(
  to: NumberWriter,
  m: SipMessage,
  info: MessageInfo,
  src: number,
  dst: number,
  passage: number,
): void {
  const { frames } = m;
  const { delay } = info;
  to.clear();
  to.write(
    TRANSPORTS.indexOf(m.transport) |
      (m.truncated ? BIT.cut : 0) |
      (frames === null ? 0 : BIT.frames) |
      (info.duplicateOf > 0 ? BIT.duplicate : 0) |
      (info.retransmissionOf > 0 ? BIT.repeated : 0) |
      (delay === null ? 0 : BIT.delay) |
      (m.passage === null ? 0 : BIT.passage),
  );
  to.write(MOMENTS.indexOf(info.moment));
  to.write(m.limit - m.start);
  to.write(m.headerCount);
  to.writeSigned(m.flags);
  to.writeSigned(m.seconds);
  to.write(m.nanoseconds);
  to.write(m.frame);
  to.write(src);
  to.write(dst);
  to.write(info.transaction + 1);
  to.write(info.upstream + 1);
  to.write(info.dialog + 1);
  if (info.duplicateOf > 0) to.write(info.duplicateOf);
  if (info.retransmissionOf > 0) to.write(info.retransmissionOf);
  if (delay !== null) to.writeDouble(delay);
  if (m.passage !== null) to.write(passage);
  if (frames === null) return;
  to.write(frames.length);
  for (const frame of frames) to.write(frame);
}

/** Reads the first `count` rows of `rows`, which is not kept; `headers` and `octets` are those of all messages together. */
export function readRows(
  rows: Buffer,
  count: number,
  headers: number,
  octets: number,
  endpoints: readonly Endpoint[],
  passages: readonly Passage[],
  shared: SharedLines,
): CallEvent[] {
  const room = takeRoom(headers * COLUMNS * 4 + octets);
  const tables = new Int32Array(SLAB.memory, room, headers * COLUMNS);
  const data = Buffer.from(SLAB.memory, room + headers * COLUMNS * 4, octets);
  const head = new NumberReader(rows, 0);
  const events: CallEvent[] = [];
  let table = 0;
  let start = 0;
  while (events.length < count) {
    const message = new SipMessage();
    const bits = head.read();
    const moment = MOMENTS[head.read()];
    const end = start + head.read();
    const room = head.read() * COLUMNS;
    const flags = head.readSigned();
    message.transport = TRANSPORTS[bits & BIT.transport];
    message.truncated = (bits & BIT.cut) !== 0;
    message.seconds = head.readSigned();
    message.nanoseconds = head.read();
    message.frame = head.read();
    message.src = endpoints[head.read()];
    message.dst = endpoints[head.read()];
    const transaction = head.read() - 1;
    const upstream = head.read() - 1;
    const dialog = head.read() - 1;
    const duplicateOf = (bits & BIT.duplicate) === 0 ? 0 : head.read();
    const retransmissionOf = (bits & BIT.repeated) === 0 ? 0 : head.read();
    const delay = (bits & BIT.delay) === 0 ? null : head.readDouble();
    if ((bits & BIT.passage) !== 0) message.passage = passages[head.read()];
    if ((bits & BIT.frames) !== 0) message.frames = Array.from({ length: head.read() }, () => head.read());
    message.duplicateOf = duplicateOf;
    head.at = readOctets(rows, head.at, end - start, data, start, shared);
    message.table = tables.subarray(table, table + room);
    table += room;
    scanFragment(message, data, start, end);
    start = end;
    // Empty lines before it are not kept, but known of.
    message.flags = flags;
    events.push({ message, retransmissionOf, duplicateOf, transaction, upstream, dialog, delay, moment });
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

const TRANSPORTS: readonly Transport[] = ['udp', 'tcp', 'sctp', 'tls', 'ws', 'wss'];
const BIT = {
  transport: 7,
  cut: 8,
  frames: 16,
  duplicate: 32,
  repeated: 64,
  delay: 128,
  passage: 256,
} as const;
const SLAB_OCTETS = 32 << 10;
const SLAB = { memory: new ArrayBuffer(0), used: 0 };

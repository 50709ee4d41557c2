// One chunk of an SCTP packet → its user data, and which place they have among the fragments of their message.
// Rules: RFC 9260 §3.2 (chunks), §3.3.1 (DATA), RFC 8260 §2.1 (I-DATA), RFC 6951 (packets in UDP).
import type { Dissection } from '../dissection.ts';

/** What a chunk is. */
export const CHUNK = {
  /** User data. */
  data: 0,
  /** Anything else: it is about the association. */
  control: 1,
  /** The capture ends within its header. */
  cut: 2,
  /** Its length says what cannot be. */
  damaged: 3,
} as const;
export type ChunkKind = (typeof CHUNK)[keyof typeof CHUNK];

/** One object is filled again for every chunk. */
export class SctpChunk {
  /** The user data are `data[from, to)`; behind them `missing` octets were not captured. */
  from = 0;
  to = 0;
  missing = 0;
  tsn = 0;
  /** It holds the first, and the last, octet of its message. */
  begins = false;
  ends = false;
  /** Which of the message's fragments it is: each has the number after that of the one before, modulo 2^32. */
  position = 0;
  private stream = 0;
  /** What tells the message from others of its stream. */
  private sequence = 0;
  private flags = 0;

  /** Reads the chunk at `d.at`, and moves that past it. */
  read(d: Dissection): ChunkKind {
    const { data, at, end } = d;
    const length = end - at < 4 ? 0 : (data[at + 2] << 8) | data[at + 3];
    // RFC 9260 §3.2: the length counts the four octets of the header, and not the padding to a multiple of four.
    d.at = length < 4 ? end : at + ((length + 3) & ~3);
    if (end - at < 4) return d.cut ? CHUNK.cut : CHUNK.damaged;
    const type = data[at];
    if (length < 4) return CHUNK.damaged;
    if (type !== DATA && type !== I_DATA) return CHUNK.control;
    const header = type === DATA ? DATA_HEADER : I_DATA_HEADER;
    if (length < header) return CHUNK.damaged;
    if (at + header > end) return d.cut ? CHUNK.cut : CHUNK.damaged;
    this.from = at + header;
    this.to = Math.min(at + length, end);
    this.missing = at + length - this.to;
    this.tsn = int32(data, at + 4);
    this.flags = data[at + 1];
    this.begins = (this.flags & BEGINS) !== 0;
    this.ends = (this.flags & ENDS) !== 0;
    this.stream = (data[at + 8] << 8) | data[at + 9];
    if (type === DATA) {
      // RFC 9260 §6.9: the fragments of a message have TSNs in a row. §3.3.1: unordered ones have no sequence number.
      this.position = this.tsn;
      this.sequence = this.flags & UNORDERED ? 0 : (data[at + 10] << 8) | data[at + 11];
    } else {
      // RFC 8260 §2.1: the first has the protocol identifier where the others have their fragment number.
      this.position = this.begins ? 0 : int32(data, at + 16);
      this.sequence = int32(data, at + 12);
      this.flags |= INTERLEAVED;
    }
    return CHUNK.data;
  }

  get isWhole(): boolean {
    return this.begins && this.ends;
  }

  /** The same for all fragments of a message, and of a direction of an association for no other. */
  get message(): string {
    return `${this.flags & (UNORDERED | INTERLEAVED)}.${this.stream}.${this.sequence}`;
  }
}

/** Whether `data[at, end)` is an SCTP packet through and through; of one that was cut, as far as it goes. */
export function isSctpPacket(data: Buffer, at: number, end: number, cut: boolean): boolean {
  // RFC 9260 §3.1: no port is 0.
  if (end - at < 16 || (data[at] | data[at + 1]) === 0 || (data[at + 2] | data[at + 3]) === 0) return false;
  let chunk = at + 12;
  while (chunk + 4 <= end) {
    const length = (data[chunk + 2] << 8) | data[chunk + 3];
    if (length < 4 || !TYPES.has(data[chunk])) return false;
    chunk += (length + 3) & ~3;
  }
  return cut || chunk === end;
}

export function int32(data: Buffer, at: number): number {
  return (data[at] << 24) | (data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3];
}

const DATA = 0;
const I_DATA = 64;
const DATA_HEADER = 16;
const I_DATA_HEADER = 20;

const ENDS = 1;
const BEGINS = 2;
const UNORDERED = 4;
/** Ours, of I-DATA: no flag of the wire. */
const INTERLEAVED = 0x100;

/** RFC 9260 §3.2, with AUTH, ASCONF, PAD, RE-CONFIG, FORWARD-TSN and their like. */
const TYPES: ReadonlySet<number> = new Set([
  ...Array.from({ length: 16 }, (_, type) => type),
  ...[I_DATA, 0x80, 0x82, 0x84, 0xc0, 0xc1, 0xc2],
]);

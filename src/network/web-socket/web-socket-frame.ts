// Octets → the header of a WebSocket frame, also when it comes in pieces (RFC 6455 §5.2), and frames that begin a SIP
// message (RFC 7118 §4.2).
import { looksLikeSip } from '../sniff.ts';

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** What there is of a header. */
export const HEADER = { more: 0, whole: 1, malformed: 2 } as const;
export type HeaderState = (typeof HEADER)[keyof typeof HEADER];

export class FrameHeader {
  fin = false;
  /** RSV1 (RFC 7692 §6): the message that begins here is compressed. */
  compressed = false;
  opcode = 0;
  /** Octets of the payload. */
  length = 0;
  /** The masking key; all 0 when the frame is not masked. */
  readonly key = new Uint8Array(4);
  private readonly octets = new Uint8Array(LONGEST);
  private count = 0;

  get isControl(): boolean {
    return this.opcode >= OPCODE.close;
  }

  /** Octets of the header that were read. */
  get size(): number {
    return this.count;
  }

  begin(): void {
    this.count = 0;
  }

  /** Goes on with `data[at, to)` as far as the header goes. */
  read(data: Uint8Array, at: number, to: number): HeaderState {
    const { octets } = this;
    for (let from = at; from < to; from++) {
      octets[this.count++] = data[from];
      if (this.count >= 2 && this.count === sizeOf(octets)) return this.decode();
    }
    return HEADER.more;
  }

  private decode(): HeaderState {
    const { octets, key } = this;
    const [first, second] = octets;
    this.fin = (first & FIN) !== 0;
    this.compressed = (first & RSV1) !== 0;
    this.opcode = first & 15;
    const short = second & 127;
    let at = 2;
    this.length = short;
    if (short >= 126) {
      this.length = 0;
      for (const end = at + (short === 126 ? 2 : 8); at < end; at++)
        this.length = this.length * 256 + octets[at];
    }
    key.fill(0);
    if ((second & MASKED) !== 0) key.set(octets.subarray(at, at + 4));
    return this.isSound(first) ? HEADER.whole : HEADER.malformed;
  }

  private isSound(first: number): boolean {
    const { opcode, fin, compressed, length } = this;
    if ((first & RSV23) !== 0 || length > Number.MAX_SAFE_INTEGER) return false;
    if (opcode === OPCODE.text || opcode === OPCODE.binary) return true;
    // RFC 7692 §6.1: the bit is for the first frame of a message alone.
    if (compressed) return false;
    // RFC 6455 §5.5: control frames are short and not fragmented.
    return opcode === OPCODE.continuation || (opcode <= OPCODE.pong && this.isControl && fin && length < 126);
  }
}

/** Whether the frame at `from` begins a SIP message that is not compressed. Most else fails on its first octet. */
export function sipFrameAt(data: Uint8Array, from: number, to: number): boolean {
  const opcode = data[from] & 127;
  if (opcode !== OPCODE.text && opcode !== OPCODE.binary) return false;
  glimpsed.begin();
  if (glimpsed.read(data, from, to) !== HEADER.whole) return false;
  const start = from + glimpsed.size;
  const length = Math.min(glimpsed.length, to - start, GLIMPSE);
  unmask(data, start, start + length, glimpsed.key, 0, glimpse, 0);
  return looksLikeSip(glimpse, 0, length);
}

/** Copies `data[from, to)` unmasked (RFC 6455 §5.3); `position` is where in its frame the first octet stands. */
export function unmask(
  data: Uint8Array,
  from: number,
  to: number,
  key: Uint8Array,
  position: number,
  into: Uint8Array,
  at: number,
): void {
  if ((key[0] | key[1] | key[2] | key[3]) === 0) {
    into.set(data.subarray(from, to), at);
    return;
  }
  for (let index = 0; index < to - from; index++)
    into[at + index] = data[from + index] ^ key[(position + index) & 3];
}

/** RFC 6455 §5.2: the second octet says how long the header is. */
function sizeOf(octets: Uint8Array): number {
  const short = octets[1] & 127;
  return 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + ((octets[1] & MASKED) === 0 ? 0 : 4);
}

const FIN = 128;
const RSV1 = 64;
const RSV23 = 48;
const MASKED = 128;
const LONGEST = 14;

/** Octets that show whether a message is SIP. */
export const GLIMPSE = 256;
const glimpse = new Uint8Array(GLIMPSE);
const glimpsed = new FrameHeader();

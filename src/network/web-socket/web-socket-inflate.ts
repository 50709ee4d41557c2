// Compressed WebSocket messages of one direction, in order → their octets. Rules: RFC 7692 §7.2.2. What was agreed on about
// context need not be known: a message compressed without refers to no octets before it, whatever is kept of them.
import { constants, inflateRawSync } from 'node:zlib';
import { looksLikeSip } from '../sniff.ts';
import { FrameHeader, HEADER, sipFrameAt, unmask } from './web-socket-frame.ts';

export class WebSocketInflater {
  /** The newest octets that messages may refer to. */
  private context: Buffer = NONE;

  /** Octets kept. */
  get kept(): number {
    return this.context.length;
  }

  /** Null when they cannot be decompressed, or become more than `most` octets. */
  inflate(octets: Buffer, most: number): Buffer | null {
    try {
      const inflated = inflateRawSync(Buffer.concat([octets, TAIL]), {
        ...(this.context.length > 0 && { dictionary: this.context }),
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: most,
      });
      this.remember(inflated);
      return inflated;
    } catch {
      this.forget();
      return null;
    }
  }

  /** A message is missing: what later ones say of its octets would be taken for others'. */
  forget(): void {
    this.context = NONE;
  }

  // RFC 7692 §7.2.2: the window goes on from message to message.
  private remember(octets: Buffer): void {
    const before = Math.max(0, WINDOW - octets.length);
    this.context = Buffer.concat([
      this.context.subarray(Math.max(0, this.context.length - before)),
      octets.subarray(Math.max(0, octets.length - WINDOW)),
    ]);
  }
}

/** Whether the frame at `from` begins a SIP message. Most else fails on its first octet. */
export function sipMessageAt(data: Uint8Array, from: number, to: number): boolean {
  return sipFrameAt(data, from, to) || compressedSipFrameAt(data, from, to);
}

/** Whether a frame lies whole at `from` that is a compressed SIP message which refers to no octets before it. */
function compressedSipFrameAt(data: Uint8Array, from: number, to: number): boolean {
  if (data[from] !== COMPRESSED_TEXT && data[from] !== COMPRESSED_BINARY) return false;
  const header = new FrameHeader();
  if (header.read(data, from, to) !== HEADER.whole || header.length > to - from - header.size) return false;
  const start = from + header.size;
  const octets = Buffer.allocUnsafe(header.length);
  unmask(data, start, start + header.length, header.key, 0, octets, 0);
  const inflated = new WebSocketInflater().inflate(octets, LONGEST_GUESS);
  return inflated !== null && looksLikeSip(inflated, 0, inflated.length);
}

const COMPRESSED_TEXT = 0xc1;
const COMPRESSED_BINARY = 0xc2;
const LONGEST_GUESS = 64 << 10;
const NONE = Buffer.alloc(0);
/** RFC 7692 §7.2.2: what the sender left out. */
const TAIL = Buffer.from([0, 0, 255, 255]);
const WINDOW = 32 << 10;

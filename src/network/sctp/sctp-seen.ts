// Has the capture shown this chunk before, and is it then the same packet again (a mirrored port) or was it sent again?
// Rules: RFC 9260 §3.1 (ports and verification tag name a direction, whatever its addresses: hosts may have several),
// §6.3.3 (what is sent again keeps its TSN and its octets).
import type { Dissection } from '../dissection.ts';
import { mirrorWindow } from '../mirror.ts';
import { hashOctets } from '../octet-hash.ts';
import type { SctpChunk } from './sctp-chunk.ts';
import type { SctpPiece } from './sctp-message.ts';

/** A direction of an association: both ports in 32 bits, and the verification tag. */
export interface SctpFlow {
  readonly ports: number;
  readonly tag: number;
}

export interface SeenChunk extends SctpFlow {
  readonly tsn: number;
  /** Of the user data, and of addresses with IP identification. */
  readonly octets: number;
  readonly origin: number;
  readonly frame: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Null for a message that was whole in the chunk. */
  readonly piece: SctpPiece | null;
}

/**
 * Remembers chunks in a table of fixed size, where a newer one takes the place of an older. Those of one direction have
 * places in a row, so that none of its newest 65,536 TSNs drives out another. Only the same octets are the same chunk:
 * captures made of text by a program may have one TSN for all.
 */
export class SeenChunks {
  private readonly slots: (SeenChunk | undefined)[] = new Array(SLOTS);
  private slot = 0;
  private octets = 0;
  private viewed: Buffer = Buffer.alloc(0);
  private view: DataView = new DataView(this.viewed.buffer, 0, 0);

  /** The chunk as it was seen first; null when it is new. */
  find(d: Dissection, { ports, tag }: SctpFlow, chunk: SctpChunk): SeenChunk | null {
    const { tsn } = chunk;
    const row = Math.imul(ports ^ Math.imul(tag, 0x9e3779b1), 0x85ebca6b) >>> 8;
    this.slot = (row + tsn) & (SLOTS - 1);
    this.octets = this.hash(d.data, chunk.from, chunk.to, chunk.to - chunk.from);
    const seen = this.slots[this.slot];
    if (seen?.tsn !== tsn || seen.tag !== tag || seen.ports !== ports) return null;
    return seen.octets === this.octets ? seen : null;
  }

  /** Remembers the chunk that was just asked for; `piece` is what is held of it, if anything is. */
  note(d: Dissection, { ports, tag }: SctpFlow, { tsn }: SctpChunk, piece: SctpPiece | null): void {
    const { octets } = this;
    const { seconds, nanoseconds } = d.packet;
    const [frame, origin] = [frameOf(d), this.originOf(d)];
    this.slots[this.slot] = { ports, tag, tsn, octets, origin, frame, seconds, nanoseconds, piece };
  }

  /** Whether the packet shows the chunk as it was seen first, another time: see mirror.ts. */
  isMirrored(seen: SeenChunk, d: Dissection): boolean {
    if (seen.frame === frameOf(d)) return false;
    const { seconds, nanoseconds } = d.packet;
    const age = Math.abs((seconds - seen.seconds) * 1e9 + (nanoseconds - seen.nanoseconds));
    return age <= mirrorWindow(d.identification) && seen.origin === this.originOf(d);
  }

  private originOf(d: Dissection): number {
    return this.hash(d.data, d.addressAt, d.addressAt + (d.version === 6 ? 32 : 8), d.identification);
  }

  private hash(data: Buffer, start: number, end: number, seed: number): number {
    if (data !== this.viewed) {
      this.viewed = data;
      this.view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    }
    return hashOctets(this.view, start, end, seed);
  }
}

function frameOf({ frames, packet }: Dissection): number {
  return frames === null ? packet.frame : frames[0];
}

const SLOTS = 1 << 16;

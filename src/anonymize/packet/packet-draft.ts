// One packet on its way into the new capture: its octets so far (0 where nothing is known to be harmless), and what is still
// to be filled in once the packets around it are known.
import type { CaptureInterface, Packet } from '../../capture/packet.ts';
import type { Outcome } from '../../network/outcome.ts';
import { PacketChecksums } from './packet-checksums.ts';

export class PacketDraft {
  readonly frame: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly iface: CaptureInterface;
  readonly source: number;
  readonly originalLength: number;
  /** As it will be written. */
  readonly octets: Buffer;
  readonly checksums = new PacketChecksums();
  /** What part of a stream or of a datagram in pieces it carries; null for none. */
  part: DraftPart | null = null;
  /** What became of it; null while that is open. */
  outcome: Outcome | null = null;
  /** Where its SCTP packet begins and ends, of which the checksum is to be written; null for none. */
  sctp: readonly [at: number, end: number] | null = null;

  constructor(packet: Packet) {
    this.frame = packet.frame;
    this.seconds = packet.seconds;
    this.nanoseconds = packet.nanoseconds;
    this.iface = packet.iface;
    this.source = packet.source;
    this.originalLength = packet.originalLength;
    // Of the pool, which an allocation of zeros is not.
    this.octets = Buffer.allocUnsafe(packet.end - packet.start).fill(0);
  }

  /** Octets that it takes in memory, about. */
  get size(): number {
    return ITSELF + this.octets.length + (this.part?.original.length ?? 0);
  }
}

const ITSELF = 512;

/** Octets at `at` of the packet that stand at `position` of what `key` names. */
export interface DraftPart {
  /** Of a TCP stream, or of a datagram that was sent in fragments. */
  readonly kind: 'segment' | 'fragment';
  readonly key: string;
  /** A sequence number, or an offset into a datagram. */
  readonly position: number;
  readonly at: number;
  /** As they came: a copy. */
  readonly original: Buffer;
  /** How far messages were found in them. */
  searched: number;
}

// A user message of which not all fragments are there yet: those in a row, from the first that came to the last.
// Rules: RFC 9260 §6.9 (reassembly), RFC 8260 §2.1.
import { HELD } from '../dissection.ts';
import type { Endpoint } from '../endpoint.ts';
import { mirroredOutcome, type Outcome } from '../outcome.ts';
import type { Passage } from '../passage.ts';
import type { SctpPacket } from './sctp-packet.ts';

/** A fragment that is held. */
export class SctpPiece {
  /** As captured; `missing` more octets were not. */
  octets: Buffer;
  readonly missing: number;
  readonly packet: SctpPacket;
  /** What another showing of the same packet settles as; HELD as long as the message has no fate. */
  again: Outcome = HELD;
  private mirrored: SctpPacket[] | null = null;

  constructor(octets: Buffer, missing: number, packet: SctpPacket) {
    this.octets = octets;
    this.missing = missing;
    this.packet = packet;
  }

  /** The same fragment, shown again before the message has a fate: false when that was so too often. */
  mirror(packet: SctpPacket): boolean {
    this.mirrored ??= [];
    return this.mirrored.length < MOST_MIRRORED && this.mirrored.push(packet) > 0;
  }

  settle(outcome: Outcome): void {
    this.again = mirroredOutcome(outcome);
    this.octets = NO_OCTETS;
    this.packet.settle(outcome);
    for (const packet of this.mirrored ?? []) packet.settle(this.again);
    this.mirrored = null;
  }
}

/** Where a message was seen: of the first of its fragments that came. */
export interface SctpPlace {
  readonly src: Endpoint;
  readonly dst: Endpoint;
  readonly passage: Passage | null;
}

export class SctpMessage {
  /** Its direction, stream and number. */
  readonly name: string;
  /** The positions of its first fragment, and of the one that is to follow its last. */
  first: number;
  next: number;
  begins: boolean;
  ends: boolean;
  pieces: SctpPiece[];
  /** Octets it holds, with what it takes to hold them. */
  size: number;
  /** Capture time in seconds that its age counts from. */
  since: number;
  place: SctpPlace;

  constructor(
    name: string,
    position: number,
    begins: boolean,
    ends: boolean,
    piece: SctpPiece,
    place: SctpPlace,
  ) {
    this.name = name;
    this.first = position;
    this.next = (position + 1) | 0;
    this.begins = begins;
    this.ends = ends;
    this.pieces = [piece];
    this.size = piece.octets.length + PIECE_SIZE;
    this.since = piece.packet.seconds;
    this.place = place;
  }

  /** Takes over the fragments that follow its own. */
  append(later: SctpMessage): void {
    if (later.pieces.length === 1) this.pieces.push(later.pieces[0]);
    else this.pieces = this.pieces.concat(later.pieces);
    this.next = later.next;
    this.ends = later.ends;
    this.size += later.size;
    this.since = Math.min(this.since, later.since);
  }

  get isWhole(): boolean {
    return this.begins && this.ends;
  }

  /** The octets from its first fragment on, up to where the capture cut them. */
  get octets(): Buffer {
    const cut = this.pieces.findIndex(({ missing }) => missing > 0);
    const pieces = cut < 0 ? this.pieces : this.pieces.slice(0, cut + 1);
    return Buffer.concat(pieces.map(({ octets }) => octets));
  }

  get isCut(): boolean {
    return !this.isWhole || this.pieces.some(({ missing }) => missing > 0);
  }

  /** The packets that carry it, ascending. */
  get frames(): number[] {
    const frames = new Set<number>();
    for (const { packet } of this.pieces)
      for (const frame of packet.frames ?? [packet.frame]) frames.add(frame);
    return [...frames].sort((a, b) => a - b);
  }

  settle(outcome: Outcome): void {
    for (const piece of this.pieces) piece.settle(outcome);
  }
}

const NO_OCTETS = Buffer.alloc(0);
const MOST_MIRRORED = 16;
/** Octets of memory for a fragment besides its own. */
const PIECE_SIZE = 400;

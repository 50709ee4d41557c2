// Segments that came before their turn, kept until the octets before them have come. The first copy of an octet wins.

/** A packet of which octets are held. */
export interface HeldPacket {
  readonly frame: number;
  readonly frames: readonly number[] | null;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Segments of all streams seen before it. */
  readonly segments: number;
  /** Who settles it: the consumer that was given a piece of it, or SETTLED; null while nobody was. */
  owner: object | null;
}

/** Octets of one packet that are still to be handed on. A packet that others overlap may be in several pieces. */
export interface HeldPiece {
  seq: number;
  length: number;
  data: Buffer;
  from: number;
  /** Octets that the snap length cut off after these. */
  missing: number;
  /** Another piece of the same packet follows. */
  more: boolean;
  readonly packet: HeldPacket;
}

export const SETTLED: object = {};

export class HeldPieces {
  /** By sequence number, without overlaps. */
  readonly pieces: HeldPiece[] = [];
  octets = 0;
  /** Where overlapping octets differed when last inserted: the packet that was first; else 0. */
  differs = 0;

  /** Keeps what `segment` has of octets not held yet; false when it has none. `next` is the octet expected next. */
  insert(next: number, segment: HeldPiece): boolean {
    const { pieces } = this;
    const start = (segment.seq - next) | 0;
    const end = start + segment.length;
    this.differs = 0;
    const added: HeldPiece[] = [];
    let at = start;
    let index = pieces.length;
    while (index > 0 && ((pieces[index - 1].seq - next) | 0) + pieces[index - 1].length > start) index--;
    const firstIndex = index;
    for (; index < pieces.length && at < end; index++) {
      const held = pieces[index];
      const heldStart = (held.seq - next) | 0;
      if (heldStart >= end) break;
      if (heldStart > at) added.push(slice(segment, at - start, heldStart - start));
      at = Math.max(at, heldStart);
      const common = Math.min(end, heldStart + held.length) - at;
      if (!sameOctets(segment, at - start, held, at - heldStart, common)) this.differs = held.packet.frame;
      at += common;
    }
    const tailAdded = at < end;
    if (tailAdded) added.push(slice(segment, at - start, end - start));
    if (added.length === 0) return false;
    added[added.length - 1].more = false;
    if (
      at === end &&
      added[added.length - 1].seq + added[added.length - 1].length === segment.seq + segment.length
    ) {
      added[added.length - 1].missing = segment.missing;
    }
    for (const piece of added) this.octets += piece.length;
    const merged = [...pieces.slice(firstIndex), ...added].sort(
      (a, b) => ((a.seq - next) | 0) - ((b.seq - next) | 0),
    );
    pieces.length = firstIndex;
    for (const piece of merged) pieces.push(piece);
    return true;
  }

  shift(): HeldPiece {
    const piece = this.pieces.shift()!;
    this.octets -= piece.length;
    return piece;
  }
}

function slice(segment: HeldPiece, from: number, to: number): HeldPiece {
  return {
    ...segment,
    seq: (segment.seq + from) | 0,
    length: to - from,
    from: segment.from + from,
    missing: 0,
    more: true,
  };
}

function sameOctets(a: HeldPiece, aFrom: number, b: HeldPiece, bFrom: number, length: number): boolean {
  const left = a.from + aFrom;
  const right = b.from + bFrom;
  return a.data.compare(b.data, right, right + length, left, left + length) === 0;
}

// Which packets the octets of a stream came in: for a consumer that unwraps them, so that what was in them is told to be from those
// packets, and each packet settles once all of it is consumed.
import type { Outcome, OutcomeLedger } from './outcome.ts';
import type { Payload } from './payload.ts';

interface Piece {
  /** Offset in the stream of the first octet behind it. */
  end: number;
  readonly frame: number;
  readonly frames: readonly number[] | null;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** No further octets of the packet come. */
  whole: boolean;
  /** The weightiest of what its octets are. */
  outcome: Outcome;
}

export class PacketPieces {
  private readonly ledger: OutcomeLedger;
  /** What a packet settles as when nothing else is said of it. */
  private readonly outcome: Outcome;
  private pieces: Piece[] = [];
  /** Offsets in the stream of what is next to consume, and of what is next to come. */
  private consumed = 0;
  private end = 0;

  constructor(ledger: OutcomeLedger, outcome: Outcome) {
    this.ledger = ledger;
    this.outcome = outcome;
  }

  /** The octets of `payload` come next; `more` of the same packet will. */
  add(payload: Payload, more: boolean): void {
    const { frame, frames, seconds, nanoseconds } = payload;
    this.end += payload.end - payload.start;
    const last = this.pieces.at(-1);
    if (last !== undefined && !last.whole && last.frame === frame) {
      last.end = this.end;
      last.whole = !more;
    } else {
      const { end, outcome } = this;
      this.pieces.push({ end, frame, frames, seconds, nanoseconds, whole: !more, outcome });
    }
  }

  /** The next `length` octets are `outcome`. */
  mark(length: number, outcome: Outcome): void {
    for (const piece of this.of(length)) piece.outcome = Math.min(piece.outcome, outcome);
  }

  /** Where and when the next `length` octets, of which there is one at least, were seen. */
  describe(length: number, payload: Payload): void {
    const pieces = this.of(length);
    const last = pieces[pieces.length - 1]!;
    const frames = this.framesOf(length);
    payload.frame = frames[0]!;
    payload.frames = frames.length > 1 ? frames : null;
    payload.seconds = last.seconds;
    payload.nanoseconds = last.nanoseconds;
  }

  /** The packets of the next `length` octets, ascending. */
  framesOf(length: number): number[] {
    const frames = new Set(this.of(length).flatMap((piece) => piece.frames ?? [piece.frame]));
    return [...frames].sort((a, b) => a - b);
  }

  /** The next `length` octets are done with. */
  consume(length: number): void {
    this.consumed += length;
    let done = 0;
    while (done < this.pieces.length && this.pieces[done]!.end <= this.consumed && this.pieces[done]!.whole)
      this.settle(this.pieces[done++]!);
    if (done > 0) this.pieces = this.pieces.slice(done);
  }

  /** Nothing more comes. */
  finish(): void {
    for (const piece of this.pieces) this.settle(piece);
    this.pieces = [];
  }

  private of(length: number): Piece[] {
    const { consumed } = this;
    let start = consumed;
    return this.pieces.filter((piece) => {
      const overlaps = start < consumed + length && piece.end > consumed;
      start = piece.end;
      return overlaps;
    });
  }

  private settle({ frame, frames, outcome }: Piece): void {
    this.ledger.settleAll(frame, frames, outcome);
  }
}

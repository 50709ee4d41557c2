// An SCTP packet of which fragments are held: it settles once, when the last of them has a fate.
import { HELD } from '../dissection.ts';
import { OUTCOMES, type Outcome, type OutcomeLedger } from '../outcome.ts';

export class SctpPacket {
  readonly frame: number;
  readonly frames: readonly number[] | null;
  readonly seconds: number;
  readonly nanoseconds: number;
  private readonly ledger: OutcomeLedger;
  /** Chunks without a fate yet, and one more as long as there may be others behind them. */
  private open = 1;
  /** The weightiest outcome so far: the one named first in OUTCOMES. */
  private best: Outcome = NO_OUTCOME;
  private isRead = false;

  constructor(
    ledger: OutcomeLedger,
    frame: number,
    frames: readonly number[] | null,
    seconds: number,
    nanoseconds: number,
  ) {
    this.ledger = ledger;
    this.frame = frame;
    this.frames = frames;
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
  }

  /** One more of its chunks is held. */
  hold(): void {
    this.open++;
  }

  /** What became of a chunk that was held. */
  settle(outcome: Outcome): void {
    this.best = Math.min(this.best, outcome);
    if (--this.open === 0 && this.isRead) this.ledger.settleAll(this.frame, this.frames, this.best);
  }

  /** All chunks were looked at; `outcome` is that of those not held. HELD: the packet settles later, by itself. */
  end(outcome: Outcome): Outcome {
    this.best = Math.min(this.best, outcome);
    this.isRead = true;
    return --this.open === 0 ? this.best : HELD;
  }
}

/** Weighs less than any. */
export const NO_OUTCOME: Outcome = OUTCOMES.length;

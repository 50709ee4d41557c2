// How long messages took from one place of capture to the other, and how far the clocks there are apart. As with NTP (RFC 5905
// §8), what goes there and what comes back are late by the same difference, once more and once less.
import type { CallDifference } from './call-difference.ts';
import { median, type Span, spanOf } from './median.ts';

export interface TransitSummary {
  /** Milliseconds that the clock of `after` is ahead; 0 while one clock explains all that was seen. */
  readonly offset: number;
  /** Milliseconds of what `before` saw first, and of what `after` saw first; null where there is none. */
  readonly away: Span | null;
  readonly back: Span | null;
}

export class TransitTimes {
  /** By the direction of the call that takes longer by the clocks, and the other. */
  private readonly away: number[] = [];
  private readonly back: number[] = [];
  /** Of calls of which only one direction was seen. */
  private readonly either: number[] = [];

  add({ messages }: CallDifference): void {
    if (this.away.length + this.back.length + this.either.length > MOST) return;
    const there: number[] = [];
    const home: number[] = [];
    for (const { transit, fromCaller } of messages)
      if (transit !== null) (fromCaller ? there : home).push(transit);
    const [one, other] = [median(there), median(home)];
    const isOneWay = one === null || other === null;
    // The callee may be nearer to the first place, and the caller to the second.
    const isSwapped = !isOneWay && one < other;
    // A call may have more messages than a function takes arguments.
    for (const time of there) (isOneWay ? this.either : isSwapped ? this.back : this.away).push(time);
    for (const time of home) (isOneWay ? this.either : isSwapped ? this.away : this.back).push(time);
  }

  summary(): TransitSummary {
    const offset = this.offset();
    const [away, back] = [this.away.map((time) => time - offset), this.back.map((time) => offset - time)];
    for (const time of this.either) {
      if (time >= offset) away.push(time - offset);
      else back.push(offset - time);
    }
    return { offset, away: spanOf(away), back: spanOf(back) };
  }

  /** What came later both ways, or earlier both ways, cannot have come so by one clock. */
  private offset(): number {
    const [away, back] = [median(this.away), median(this.back)];
    if (away === null || back === null) return 0;
    return Math.min(away, back) > 0 || Math.max(away, back) < 0 ? (away + back) / 2 : 0;
  }
}

const MOST = 1_000_000;

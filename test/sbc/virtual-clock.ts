// The timers that the core set, and a clock that goes on only when told.
import type { Command, TimerName } from '../../src/sbc/command.ts';

export interface DueTimer {
  readonly timer: number;
  readonly name: TimerName;
  readonly at: number;
}

export class VirtualClock {
  now = START;
  private readonly timers = new Map<number, DueTimer>();

  command(command: Extract<Command, { kind: 'set-timer' | 'clear-timer' }>): void {
    if (command.kind === 'clear-timer') {
      if (!this.timers.delete(command.timer))
        throw new Error(`timer ${command.timer} is cleared, but not set`);
      return;
    }
    const { timer, name, at } = command;
    if (this.timers.has(timer)) throw new Error(`timer ${timer} (${name}) is set twice`);
    if (!(at >= this.now)) throw new Error(`timer ${name} is set for ${at - this.now} ms from now`);
    this.timers.set(timer, { timer, name, at });
  }

  /** Goes on to the next timer that is due at or before `limit` and takes it; without one, to `limit`. */
  advance(limit: number): DueTimer | undefined {
    const next = this.next();
    if (next === undefined || next.at > limit) {
      this.now = Math.max(this.now, limit);
      return undefined;
    }
    this.now = Math.max(this.now, next.at);
    this.timers.delete(next.timer);
    return next;
  }

  /** Whoever set them is no more. */
  forget(): void {
    this.timers.clear();
  }

  /** In the order in which they will fire. */
  get pending(): readonly DueTimer[] {
    return [...this.timers.values()].sort((a, b) => a.at - b.at || a.timer - b.timer);
  }

  private next(): DueTimer | undefined {
    let next: DueTimer | undefined;
    for (const timer of this.timers.values()) if (next === undefined || timer.at < next.at) next = timer;
    return next;
  }
}

/** Not 0: nothing may depend on where the clock begins. */
const START = 1_000_000;

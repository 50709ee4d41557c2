// What is to happen at a second of capture time, without a look at a clock: entries lie in the slot of their deadline.
// A deadline may be moved at no cost: an entry met before it is put back.

export interface Expiring {
  /** Second of capture time at or after which it is over. */
  readonly deadline: number;
  /** A number made of what is touched when it is over: it lies in the processor's cache then. */
  touchAll(): number;
}

export class ExpiryWheel<Entry extends Expiring> {
  private readonly slots: (Entry[] | null)[] = new Array(SLOTS).fill(null);
  private now = Number.NaN;
  /** Kept so that what it is made of is looked at. */
  touched = 0;

  /** The deadline must not be earlier than the second the wheel stands at. */
  add(entry: Entry): void {
    // A deadline further off than the wheel is round is met on the way and put back: so one that is moved earlier is met too,
    // at most a round late.
    const second = Math.min(Math.max(entry.deadline, this.now + 1), this.now + SLOTS - 1);
    const slot = second & (SLOTS - 1);
    const list = this.slots[slot];
    if (list === null) this.slots[slot] = [entry];
    else list.push(entry);
  }

  /** Nothing is to happen any more. */
  clear(): void {
    this.slots.fill(null);
  }

  /** Turns to `second`; `expire` is given every entry whose deadline is reached, and says whether to keep it. */
  turn(second: number, expire: (entry: Entry) => boolean): void {
    // A clock that goes backwards (captures put together, a damaged time) moves nothing.
    const steps = Number.isNaN(this.now) ? 0 : Math.min(second - this.now, SLOTS);
    this.now = second;
    for (let step = steps - 1; step >= 0; step--) {
      const slot = (second - step) & (SLOTS - 1);
      const list = this.slots[slot];
      if (list === null) continue;
      this.slots[slot] = null;
      for (let i = 0; i < list.length; i++) {
        if (i % AHEAD === 0) this.lookAhead(list, i, second);
        const entry = list[i];
        if (entry.deadline > second || expire(entry)) this.add(entry);
      }
    }
  }

  /** Many entries lie far from one another in memory: what is fetched for all of them at once is not waited for in turn. */
  private lookAhead(list: readonly Entry[], from: number, second: number): void {
    const end = Math.min(from + AHEAD, list.length);
    let touched = 0;
    for (let i = from; i < end; i++) touched += list[i].deadline;
    for (let i = from; i < end; i++) if (list[i].deadline <= second) touched ^= list[i].touchAll();
    this.touched = touched;
  }
}

const SLOTS = 32;
const AHEAD = 16;

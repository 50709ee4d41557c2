// Timers of the core on one timer of the system. Those of one tick lie in one bucket, so that setting and clearing cost the same
// however many there are; most are cleared before their time.
import type { Clock } from './clock.ts';

export class Timers {
  private readonly clock: Clock;
  private readonly fire: (timer: number) => void;
  /** Timers that count, with their ticks. */
  private readonly live = new Map<number, number>();
  private buckets = new Map<number, number[]>();
  /** Ticks that have a bucket: a heap, the next on top. */
  private ticks: number[] = [];
  /** Entries in buckets whose timer was cleared or set again. */
  private dead = 0;
  private alarm: NodeJS.Timeout | null = null;
  private alarmTick = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, fire: (timer: number) => void) {
    this.clock = clock;
    this.fire = fire;
  }

  get size(): number {
    return this.live.size;
  }

  /** `at` on the clock; never fires earlier. */
  set(timer: number, at: number): void {
    if (this.live.has(timer)) this.clear(timer);
    const tick = Math.ceil(at / TICK);
    this.live.set(timer, tick);
    this.place(timer, tick);
    if (tick < this.alarmTick) this.wind();
  }

  clear(timer: number): void {
    if (!this.live.delete(timer)) return;
    if (++this.dead > MOST_DEAD && this.dead > 2 * this.live.size) this.tidy();
  }

  close(): void {
    if (this.alarm !== null) clearTimeout(this.alarm);
    this.alarm = null;
    this.live.clear();
    this.buckets.clear();
    this.ticks = [];
  }

  private place(timer: number, tick: number): void {
    const bucket = this.buckets.get(tick);
    if (bucket !== undefined) {
      bucket.push(timer);
      return;
    }
    this.buckets.set(tick, [timer]);
    push(this.ticks, tick);
  }

  private wind(): void {
    if (this.alarm !== null) clearTimeout(this.alarm);
    this.alarm = null;
    this.alarmTick = this.ticks[0] ?? Number.POSITIVE_INFINITY;
    if (this.ticks.length === 0) return;
    const delay = Math.min(Math.max(this.alarmTick * TICK - this.clock.now(), 0), LONGEST);
    this.alarm = setTimeout(() => this.turn(), Math.ceil(delay));
  }

  private turn(): void {
    this.alarm = null;
    const now = this.clock.now();
    // A timer may be set while others fire: one that is due at once waits for the next turn.
    const due: [tick: number, bucket: readonly number[]][] = [];
    while (this.ticks.length > 0 && this.ticks[0] * TICK <= now) {
      const tick = pop(this.ticks);
      due.push([tick, this.buckets.get(tick)!]);
      this.buckets.delete(tick);
    }
    for (const [tick, bucket] of due) {
      for (const timer of bucket) {
        if (this.live.get(timer) === tick) {
          this.live.delete(timer);
          this.fire(timer);
        } else if (this.dead > 0) this.dead--;
      }
    }
    this.wind();
  }

  private tidy(): void {
    this.buckets = new Map();
    this.ticks = [];
    this.dead = 0;
    for (const [timer, tick] of this.live) this.place(timer, tick);
    this.wind();
  }
}

function push(heap: number[], value: number): void {
  let at = heap.length;
  heap.push(value);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent] <= value) break;
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = value;
}

function pop(heap: number[]): number {
  const top = heap[0];
  const last = heap.pop()!;
  const { length } = heap;
  if (length === 0) return top;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= length) break;
    if (child + 1 < length && heap[child + 1] < heap[child]) child++;
    if (heap[child] >= last) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = last;
  return top;
}

/** Milliseconds: T1 is 500, and nothing of RFC 3261 needs better. */
const TICK = 5;
/** What setTimeout takes at most. */
const LONGEST = 2 ** 31 - 1;
const MOST_DEAD = 50_000;

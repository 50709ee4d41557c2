// Timers by the moment they are due: of those due at once, the one that was set first.

export interface DueTimer {
  readonly timer: number;
  readonly at: number;
}

export class TimerQueue {
  private readonly heap: DueTimer[] = [];
  private readonly live = new Map<number, DueTimer>();

  set(timer: number, at: number): void {
    const due = { timer, at };
    this.live.set(timer, due);
    const { heap } = this;
    let hole = heap.length;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!isBefore(due, heap[parent]!)) break;
      heap[hole] = heap[parent]!;
      hole = parent;
    }
    heap[hole] = due;
  }

  clear(timer: number): void {
    this.live.delete(timer);
    // What was cleared leaves the heap when its time comes, or when there is too much of it.
    if (this.heap.length > 2 * this.live.size + 64) this.rebuild();
  }

  /** Takes the next one that is due before this moment. */
  takeBefore(moment: number): DueTimer | undefined {
    for (let first = this.heap[0]; first !== undefined && first.at < moment; first = this.heap[0]) {
      this.removeFirst();
      if (this.live.get(first.timer) !== first) continue;
      this.live.delete(first.timer);
      return first;
    }
    return undefined;
  }

  get size(): number {
    return this.live.size;
  }

  private rebuild(): void {
    const live = [...this.live.values()];
    this.heap.length = 0;
    for (const { timer, at } of live) this.set(timer, at);
  }

  private removeFirst(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[hole] = heap[child]!;
      hole = child;
    }
    heap[hole] = last;
  }
}

/** Numbers of timers rise as they are set. */
function isBefore(one: DueTimer, other: DueTimer): boolean {
  return one.at < other.at || (one.at === other.at && one.timer < other.timer);
}

// A virtual clock, what is to happen when, and chance: the same seed gives the same world. What is said on the wires is
// kept for the ladder that a failure is shown with.
import { SeededRandom } from '../../differential/seeded-random.ts';

export interface Planned {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
}

export class World {
  now = 1_000_000;
  /** User agents do things at the same time. */
  readonly isHasty: boolean;
  /** `<milliseconds> <from> → <to>: <what>`, in the order it was sent. */
  readonly ladder: string[] = [];
  /** What must not be, in words. */
  readonly violations: string[] = [];
  private readonly random: SeededRandom;
  private readonly heap: Planned[] = [];
  private order = 0;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
    this.isHasty = this.chance(0.3);
  }

  below(limit: number): number {
    return this.random.below(limit);
  }

  chance(probability: number): boolean {
    return this.random.below(1_000_000) < probability * 1_000_000;
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.random.below(choices.length)];
  }

  /** Milliseconds, from `least` to below `most`. */
  between(least: number, most: number): number {
    return least + this.random.below(Math.max(1, most - least));
  }

  after(delay: number, run: () => void): Planned {
    return this.at(this.now + delay, run);
  }

  at(at: number, run: () => void): Planned {
    const planned: Planned = { at: Math.max(at, this.now), order: ++this.order, run };
    this.heap.push(planned);
    this.up(this.heap.length - 1);
    return planned;
  }

  /** Until nothing is left to happen. A world that never comes to rest is a violation. */
  run(): void {
    for (let steps = 0; ; steps++) {
      const next = this.take();
      if (next === undefined) return;
      if (steps > MOST_STEPS) {
        this.violations.push(`no rest after ${MOST_STEPS} steps`);
        return;
      }
      if (next.run === null) continue;
      this.now = next.at;
      next.run();
    }
  }

  said(text: string): void {
    this.ladder.push(`${String(this.now - 1_000_000).padStart(8)} ${text}`);
  }

  violated(text: string): void {
    this.violations.push(text);
    this.said(`!! ${text}`);
  }

  private take(): Planned | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) {
      heap[0] = last;
      this.down(0);
    }
    return first;
  }

  private up(from: number): void {
    const { heap } = this;
    for (let index = from; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (!isBefore(heap[index], heap[parent])) return;
      [heap[index], heap[parent]] = [heap[parent], heap[index]];
      index = parent;
    }
  }

  private down(from: number): void {
    const { heap } = this;
    for (let index = from; ; ) {
      let least = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < heap.length && isBefore(heap[child], heap[least])) least = child;
      }
      if (least === index) return;
      [heap[index], heap[least]] = [heap[least], heap[index]];
      index = least;
    }
  }
}

function isBefore(a: Planned, b: Planned): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

const MOST_STEPS = 200_000;

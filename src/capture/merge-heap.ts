// Several sources of packets, the one with the earliest head first: a binary heap that is sifted after each packet.
import type { Packet } from './packet.ts';

export interface Head {
  /** The packet that waits at the head of this source. */
  readonly packet: Packet;
  /** Breaks ties between packets of the same time. */
  readonly rank: number;
}

export class MergeHeap<T extends Head> {
  private readonly heads: T[] = [];

  get size(): number {
    return this.heads.length;
  }

  /** The source whose packet is next. */
  get first(): T | undefined {
    return this.heads[0];
  }

  add(head: T): void {
    const heads = this.heads;
    let at = heads.push(head) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(head, heads[parent])) break;
      heads[at] = heads[parent];
      at = parent;
    }
    heads[at] = head;
  }

  removeFirst(): void {
    const last = this.heads.pop();
    if (last === undefined || this.heads.length === 0) return;
    this.heads[0] = last;
    this.firstAdvanced();
  }

  /** Puts things right after the first source has a new packet at its head. */
  firstAdvanced(): void {
    const heads = this.heads;
    const head = heads[0];
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heads.length) break;
      if (child + 1 < heads.length && isBefore(heads[child + 1], heads[child])) child++;
      if (!isBefore(heads[child], head)) break;
      heads[at] = heads[child];
      at = child;
    }
    heads[at] = head;
  }
}

function isBefore(a: Head, b: Head): boolean {
  const left = a.packet;
  const right = b.packet;
  if (left.seconds !== right.seconds) return left.seconds < right.seconds;
  if (left.nanoseconds !== right.nanoseconds) return left.nanoseconds < right.nanoseconds;
  return a.rank < b.rank;
}

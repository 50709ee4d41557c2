// What a report will list, kept small until it is written: as JSON, compressed some hundred entries at a time. Ten thousands of
// findings and calls take a tenth of the memory, and the garbage collector has nothing to look through.
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Of plain data: what JSON keeps. */
export class PackedList<Entry> {
  length = 0;
  private readonly packed: Buffer[] = [];
  private waiting: string[] = [];

  push(entry: Entry): void {
    this.length++;
    this.waiting.push(JSON.stringify(entry));
    if (this.waiting.length < BATCH) return;
    this.packed.push(deflateRawSync(this.text(), { level: 1 }));
    this.waiting = [];
  }

  /** All, in the order they came. */
  all(): Entry[] {
    const before = this.packed.flatMap((batch) => JSON.parse(inflateRawSync(batch).toString()) as Entry[]);
    return [...before, ...(JSON.parse(this.text()) as Entry[])];
  }

  private text(): string {
    return `[${this.waiting.join(',')}]`;
  }
}

const BATCH = 256;

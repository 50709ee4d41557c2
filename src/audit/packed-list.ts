// What a report will list, kept small until it is written: as JSON, compressed some hundred entries at a time. Ten thousands of
// findings and calls take a tenth of the memory, and the garbage collector has nothing to look through.
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** What was packed, as plain data: a thread can hand it to another. */
export interface Packed {
  readonly length: number;
  readonly batches: readonly PackedBatch[];
}

interface PackedBatch {
  /** Of its entries, ascending. */
  readonly keys: readonly number[];
  /** Their JSON, a line each. */
  readonly octets: Uint8Array;
}

/** Of plain data: what JSON keeps. Read again by PackedEntries. */
export class PackedList<Entry> {
  length = 0;
  private readonly batches: PackedBatch[] = [];
  private waiting: Keyed[] = [];

  /** Entries are listed by their keys, ascending; without one, in the order they come. */
  push(entry: Entry, key: number = this.length): void {
    this.length++;
    this.waiting.push({ key, text: JSON.stringify(entry) });
    if (this.waiting.length >= BATCH) this.pack();
  }

  packed(): Packed {
    this.pack();
    return { length: this.length, batches: this.batches };
  }

  /** What was put in lately, and is not enough for a piece of its own, too. */
  pack(): void {
    if (this.waiting.length === 0) return;
    const sorted = this.waiting.sort(byKey);
    const text = sorted.map(({ text }) => text).join('\n');
    // What zlib gives lies in more memory than it takes.
    const octets = Uint8Array.from(deflateRawSync(text, { level: 1 }));
    this.batches.push({ keys: sorted.map(({ key }) => key), octets });
    this.waiting = [];
  }
}

/** Those of `lists`, one list after the other. They are made as they are asked for: few are there at once. */
export class PackedEntries<Entry> implements Iterable<Entry> {
  readonly length: number;
  private readonly lists: readonly Packed[];

  constructor(lists: readonly Packed[]) {
    this.lists = lists;
    this.length = lists.reduce((sum, { length }) => sum + length, 0);
  }

  *[Symbol.iterator](): Generator<Entry> {
    for (const text of this.texts()) yield JSON.parse(text) as Entry;
  }

  /** Each as JSON. */
  *texts(): Generator<string> {
    for (const { batches } of this.lists) yield* merged(batches);
  }

  toJSON(): Entry[] {
    return [...this];
  }
}

/** In the order of its entries. */
export function keysOf({ batches }: Packed): number[] {
  return batches.flatMap(({ keys }) => keys).sort((a, b) => a - b);
}

/** A batch is opened when what comes next may be in it. */
function* merged(batches: readonly PackedBatch[]): Generator<string> {
  let open: Keyed[] = [];
  for (const { keys, octets } of [...batches].sort((a, b) => a.keys[0] - b.keys[0])) {
    const ready = open.findIndex(({ key }) => key > keys[0]);
    for (const { text } of open.splice(0, ready < 0 ? open.length : ready)) yield text;
    const texts = inflateRawSync(octets).toString().split('\n');
    for (let at = 0; at < keys.length; at++) open.push({ key: keys[at], text: texts[at] });
    open = open.sort(byKey);
  }
  for (const { text } of open) yield text;
}

interface Keyed {
  readonly key: number;
  readonly text: string;
}

function byKey(a: Keyed, b: Keyed): number {
  return a.key - b.key;
}

const BATCH = 128;

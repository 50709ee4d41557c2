// Entries that come in any order, packed apart by ranges of their keys: read in order, those of one range are open together, where
// of a list of one piece nearly all would be.
import { type Packed, PackedList } from './packed-list.ts';

/** Of plain data: what JSON keeps. Read again by PackedEntries. */
export class SpreadList<Entry> {
  length = 0;
  private readonly byRange = new Map<number, PackedList<Entry>>();
  /** Those that something came for lately, the last one last: what waits in others is packed. */
  private readonly recent: number[] = [];

  push(entry: Entry, key: number): void {
    const range = Math.floor(key / RANGE);
    let list = this.byRange.get(range);
    if (list === undefined) {
      list = new PackedList();
      this.byRange.set(range, list);
    }
    list.push(entry, key);
    this.length++;
    this.touch(range);
  }

  packed(): Packed {
    const lists = [...this.byRange].sort(([a], [b]) => a - b);
    return { length: this.length, batches: lists.flatMap(([, list]) => list.packed().batches) };
  }

  private touch(range: number): void {
    const { recent } = this;
    if (recent[recent.length - 1] === range) return;
    const place = recent.indexOf(range);
    if (place >= 0) recent.splice(place, 1);
    recent.push(range);
    if (recent.length > MOST_RECENT) this.byRange.get(recent.shift()!)!.pack();
  }
}

/** Keys. */
const RANGE = 4096;
/** As many as are up at a time. */
const MOST_RECENT = 8;

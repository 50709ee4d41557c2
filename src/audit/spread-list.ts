// Entries that come in any order, packed apart by ranges of their keys: read in order, those of one range are open together, where
// of a list of one piece nearly all would be.
import { type Packed, PackedList } from './packed-list.ts';

/** Of plain data: what JSON keeps. Read again by PackedEntries. */
export class SpreadList<Entry> {
  length = 0;
  private readonly byRange = new Map<number, PackedList<Entry>>();

  push(entry: Entry, key: number): void {
    const range = Math.floor(key / RANGE);
    let list = this.byRange.get(range);
    if (list === undefined) {
      list = new PackedList();
      this.byRange.set(range, list);
    }
    list.push(entry, key);
    this.length++;
  }

  packed(): Packed {
    const lists = [...this.byRange].sort(([a], [b]) => a - b);
    return { length: this.length, batches: lists.flatMap(([, list]) => list.packed().batches) };
  }
}

/** Keys. */
const RANGE = 1024;

// Numbers and how two of them compare → the same in order, sorted only where somebody looks: of a hundred thousand calls the
// few on the screen are wanted at once. It is quicksort that leaves alone the parts nobody asked for.

export class LazyOrder {
  private readonly items: Uint32Array;
  private readonly compare: (a: number, b: number) => number;
  /** Where parts begin, ascending: what is in a part comes before what is in the next. The last is the end. */
  private readonly starts: number[];
  /** Of each part, whether it is sorted. */
  private readonly isSorted: boolean[] = [false];

  /** `items` are put in order in place; no two of them are equal. */
  constructor(items: Uint32Array, compare: (a: number, b: number) => number) {
    this.items = items;
    this.compare = compare;
    this.starts = [0, items.length];
  }

  at(position: number): number {
    const { items, starts, isSorted } = this;
    if (position < 0 || position >= items.length) throw new RangeError(`no position ${position}`);
    let part = this.partOf(position);
    for (let cuts = 0; !isSorted[part]; cuts++) {
      const start = starts[part]!;
      const end = starts[part + 1]!;
      // Values that make bad pivots, one after the other, shall not take the square of the time.
      if (end - start <= SMALL || cuts > MOST_CUTS) {
        items.subarray(start, end).sort(this.compare);
        isSorted[part] = true;
        break;
      }
      const middle = this.cut(start, end);
      starts.splice(part + 1, 0, middle, middle + 1);
      isSorted.splice(part, 1, false, true, false);
      if (position >= middle) part += position === middle ? 1 : 2;
    }
    return items[position]!;
  }

  private partOf(position: number): number {
    const { starts } = this;
    let low = 0;
    let high = starts.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** What is less than one of the items goes before it, what is more behind; gives its place. */
  private cut(start: number, end: number): number {
    const { items, compare } = this;
    const last = end - 1;
    const chosen = this.pivotAt(start, last);
    const pivot = items[chosen]!;
    items[chosen] = items[last]!;
    let place = start;
    for (let at = start; at < last; at++) {
      const item = items[at]!;
      if (compare(item, pivot) < 0) {
        items[at] = items[place]!;
        items[place++] = item;
      }
    }
    items[last] = items[place]!;
    items[place] = pivot;
    return place;
  }

  /** The median of the medians of three times three. */
  private pivotAt(start: number, last: number): number {
    const step = Math.max(1, (last - start) >> 3);
    const three = (from: number): number => this.median(from, from + step, Math.min(last, from + 2 * step));
    return this.median(three(start), three(start + 3 * step), three(Math.max(start, last - 2 * step)));
  }

  private median(a: number, b: number, c: number): number {
    const { items, compare } = this;
    const before = (one: number, other: number): boolean => compare(items[one]!, items[other]!) < 0;
    if (before(a, b)) return before(b, c) ? b : before(a, c) ? c : a;
    return before(a, c) ? a : before(b, c) ? c : b;
  }
}

/** Items that are sorted at once. */
const SMALL = 48;
const MOST_CUTS = 64;

// Room for what is noted of the newest segments of many directions: rows of a few large arrays. An array of its own for each
// direction would take twice the room.

/** A row: `fields` from `at` on. */
export interface RecentRow {
  readonly fields: Float64Array;
  readonly at: number;
}

export class RecentRows {
  private readonly size: number;
  private fields = NONE;
  private used = 0;
  private readonly free: RecentRow[] = [];

  /** `size` is how many numbers stand in a row. */
  constructor(size: number) {
    this.size = size;
  }

  /** What stands in it is another's. */
  take(): RecentRow {
    const row = this.free.pop();
    if (row !== undefined) return row;
    if (this.used === this.fields.length) {
      this.fields = new Float64Array(ROWS * this.size);
      this.used = 0;
    }
    const at = this.used;
    this.used += this.size;
    return { fields: this.fields, at };
  }

  giveBack(row: RecentRow): void {
    this.free.push(row);
  }
}

const NONE = new Float64Array(0);
const ROWS = 128;

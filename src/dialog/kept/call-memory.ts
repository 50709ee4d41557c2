// Room for what every message of a call touches and for its texts: rows of memory that many calls share, so that it lies
// together and the garbage collector has nothing to look through.

export class CallMemory {
  readonly doubles: Float64Array;
  readonly ints: Int32Array;
  readonly octets: Buffer;
  readonly view: DataView;
  private readonly rows: number;
  private taken = 0;
  /** Rows that were given back. */
  private readonly free: number[] = [];

  constructor(rows: number) {
    const memory = new ArrayBuffer(rows * ROW_OCTETS);
    this.rows = rows;
    this.doubles = new Float64Array(memory);
    this.ints = new Int32Array(memory);
    this.octets = Buffer.from(memory);
    this.view = new DataView(memory);
  }

  get isFull(): boolean {
    return this.taken === this.rows && this.free.length === 0;
  }

  /** The number of a row that nobody has. */
  take(): number {
    return this.free.pop() ?? this.taken++;
  }

  /** A row for whoever is next. */
  giveBack(row: number): void {
    this.free.push(row);
  }

  /** What is in `row` goes to a row of another memory; gives the number of that. */
  move(row: number, to: CallMemory): number {
    const moved = to.take();
    this.octets.copy(to.octets, moved * ROW_OCTETS, row * ROW_OCTETS, (row + 1) * ROW_OCTETS);
    this.giveBack(row);
    return moved;
  }
}

/** No power of two: rows that all begin at the same places of the processor's cache would drive one another out. */
export const ROW_OCTETS = 576;
export const ROW_DOUBLES = ROW_OCTETS / 8;
export const ROW_INTS = ROW_OCTETS / 4;

// The row begins with the moments of timings.ts; then, in doubles:
export const START_SECONDS = 13;
export const LAST_SECONDS = 14;

// In integers:
export const START_NANOSECONDS = 30;
export const LAST_NANOSECONDS = 31;
export const PACKET_COUNT = 32;
/** The first packets; there is room for so many. */
export const PACKETS = 33;
export const ROW_PACKETS = 14;
/** Where the texts end, from the beginning of the row; then of each text where it stands and how long it is. */
export const TEXT_END = 47;
export const TEXTS = 48;

// In octets: room for texts.
export const TEXT_START = 256;

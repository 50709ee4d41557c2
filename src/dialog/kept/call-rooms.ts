// Where calls lie: open ones in large memories that the next call gets a row of when one is over, those that are over in small
// ones, which go when the last of their few calls is forgotten.
import { CallMemory } from './call-memory.ts';

export class CallRooms {
  /** Those with room, and some that have become full since. */
  private readonly open = new Set([new CallMemory(FIRST_ROWS)]);
  private rows = FIRST_ROWS;
  private over = new CallMemory(OVER_ROWS);

  /** With room for a call that begins. */
  get memory(): CallMemory {
    for (const memory of this.open) {
      if (!memory.isFull) return memory;
      this.open.delete(memory);
    }
    this.rows = Math.min(4 * this.rows, MOST_ROWS);
    const memory = new CallMemory(this.rows);
    this.open.add(memory);
    return memory;
  }

  /** Moves a call that is over: whoever holds it does not hold the room of open ones. */
  moveOut(call: { memory: CallMemory; row: number }): void {
    const { memory, row } = call;
    if (this.over.isFull) this.over = new CallMemory(OVER_ROWS);
    call.row = memory.move(row, this.over);
    this.open.add(memory);
    call.memory = this.over;
  }
}

/** Of the first memory: a small capture needs no more. */
const FIRST_ROWS = 64;
const MOST_ROWS = 4096;
const OVER_ROWS = 4;

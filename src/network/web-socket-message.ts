// A WebSocket message that is being put together: its octets, unmasked, and where in the stream its frames lie.
import type { StreamRoom } from './stream-room.ts';
import { unmask } from './web-socket-frame.ts';

export class WebSocketMessage {
  /** Its octets are the first `length`. */
  octets: Buffer = EMPTY;
  length = 0;
  compressed = false;
  /** Starts and ends of its frames by turns, headers included, as offsets in the stream; neighbours are one. */
  ranges: number[] = [];
  private readonly room: StreamRoom;

  constructor(room: StreamRoom) {
    this.room = room;
  }

  begin(compressed: boolean): void {
    this.release();
    this.compressed = compressed;
    this.ranges = [];
  }

  /** Adds `data[from, to)`, which begins at `position` of the payload of a frame masked with `key`. */
  add(data: Uint8Array, from: number, to: number, key: Uint8Array, position: number): void {
    this.reserve(to - from);
    unmask(data, from, to, key, position, this.octets, this.length);
    this.length += to - from;
  }

  /** A frame of it, or what there is of one, lies at `[start, end)` of the stream. */
  carriedBy(start: number, end: number): void {
    const { ranges } = this;
    if (ranges.length > 0 && ranges[ranges.length - 1] === start) ranges[ranges.length - 1] = end;
    else ranges.push(start, end);
  }

  /** Room for so many octets more. */
  private reserve(octets: number): void {
    const needed = this.length + octets;
    if (needed <= this.octets.length) return;
    const larger = this.room.take(Math.max(needed, 2 * this.octets.length));
    this.octets.copy(larger, 0, 0, this.length);
    this.room.give(this.octets);
    this.octets = larger;
  }

  /** Its octets are not needed any more. */
  release(): void {
    this.room.give(this.octets);
    this.octets = EMPTY;
    this.length = 0;
  }
}

const EMPTY = Buffer.alloc(0);

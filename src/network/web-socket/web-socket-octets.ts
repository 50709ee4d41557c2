// Octets that wait for others, unmasked: of a handshake or of a message that is not whole. Their memory is the room's.
import type { StreamRoom } from '../stream/stream-room.ts';
import { unmask } from './web-socket-frame.ts';

export class WaitingOctets {
  length = 0;
  private buffer: Buffer = EMPTY;
  private readonly room: StreamRoom;

  constructor(room: StreamRoom) {
    this.room = room;
  }

  /** A view, valid until others are added. */
  get all(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  /** Octets of memory that they take. */
  get held(): number {
    return this.buffer.length;
  }

  /** Adds `data[from, to)`, which begins at `position` of the payload of a frame masked with `key`. */
  add(data: Uint8Array, from: number, to: number, key: Uint8Array = NO_KEY, position = 0): void {
    this.reserve(to - from);
    unmask(data, from, to, key, position, this.buffer, this.length);
    this.length += to - from;
  }

  /** They are not needed any more. */
  release(): void {
    this.room.give(this.buffer);
    this.buffer = EMPTY;
    this.length = 0;
  }

  /** Memory for so many octets more. */
  private reserve(octets: number): void {
    const needed = this.length + octets;
    if (needed <= this.buffer.length) return;
    const larger = this.room.take(Math.max(needed, 2 * this.buffer.length));
    this.buffer.copy(larger, 0, 0, this.length);
    this.room.give(this.buffer);
    this.buffer = larger;
  }
}

const EMPTY = Buffer.alloc(0);
const NO_KEY = new Uint8Array(4);

// Chunks of bytes in, a window on them out in which a whole record always lies in one piece. A record that straddles two
// chunks is put together in a buffer kept for that; everything else is looked at where it was pushed, without copying.

export class ByteWindow {
  /** The octets at hand are `data[pos, end)`; the owner moves `pos` past what is used. */
  data: Buffer = EMPTY;
  view: DataView = EMPTY_VIEW;
  pos = 0;
  end = 0;
  /** Offset in the input of `data[0]`. */
  base = 0;
  /** No more chunks will come. */
  closed = false;

  private carrying = false;
  private carry: Buffer = EMPTY;
  private carryView: DataView = EMPTY_VIEW;
  private chunk: Buffer = EMPTY;
  private chunkPos = 0;

  /** Offset in the input of the next octet. */
  get offset(): number {
    return this.base + this.pos;
  }

  /** The chunk must stay as it is until `need` has returned false. */
  push(chunk: Buffer): void {
    this.keepRest();
    if (this.carrying) {
      this.chunk = chunk;
      this.chunkPos = 0;
    } else {
      this.look(chunk, 0, this.base + this.pos);
    }
  }

  /** Whether `length` octets are at hand from `pos`. They may have moved to another `data` and `pos` when it returns. */
  need(length: number): boolean {
    return this.end - this.pos >= length || this.fetch(length);
  }

  private fetch(length: number): boolean {
    if (this.carrying && this.pos === this.end && this.chunkPos < this.chunk.length) {
      const chunk = this.chunk;
      this.carrying = false;
      this.chunk = EMPTY;
      this.look(chunk, this.chunkPos, this.base + this.end - this.chunkPos);
      if (this.end - this.pos >= length) return true;
    }
    if (!this.carrying) {
      this.startCarrying();
      return false;
    }
    const missing = length - (this.end - this.pos);
    this.append(Math.min(missing, this.chunk.length - this.chunkPos));
    return this.end - this.pos >= length;
  }

  private look(chunk: Buffer, pos: number, base: number): void {
    this.data = chunk;
    this.view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    this.pos = pos;
    this.end = chunk.length;
    this.base = base;
  }

  private startCarrying(): void {
    const { data, pos, end } = this;
    this.carrying = true;
    this.chunk = EMPTY;
    this.chunkPos = 0;
    this.reserve(end - pos, 0);
    data.copy(this.carry, 0, pos, end);
    this.base += pos;
    this.pos = 0;
    this.end = end - pos;
    this.data = this.carry;
    this.view = this.carryView;
  }

  /** Takes over `length` octets of the waiting chunk behind what is carried. */
  private append(length: number): void {
    if (length <= 0) return;
    if (this.pos > 0) {
      this.carry.copyWithin(0, this.pos, this.end);
      this.base += this.pos;
      this.end -= this.pos;
      this.pos = 0;
    }
    this.reserve(this.end + length, this.end);
    this.chunk.copy(this.carry, this.end, this.chunkPos, this.chunkPos + length);
    this.chunkPos += length;
    this.end += length;
    this.data = this.carry;
    this.view = this.carryView;
  }

  /** Makes room for octets that are here already, never for octets that a length field promises. */
  private reserve(length: number, used: number): void {
    if (length <= this.carry.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(SMALLEST_CARRY, 2 ** Math.ceil(Math.log2(length))));
    this.carry.copy(larger, 0, 0, used);
    this.carry = larger;
    this.carryView = new DataView(larger.buffer, larger.byteOffset, larger.length);
  }

  /** For a caller that pushes again before it drained the window. */
  private keepRest(): void {
    if (!this.carrying && this.end > this.pos) this.startCarrying();
    else if (this.carrying && this.chunkPos < this.chunk.length)
      this.append(this.chunk.length - this.chunkPos);
    else if (this.carrying && this.pos === this.end) {
      this.carrying = false;
      this.base += this.pos;
      this.pos = 0;
      this.end = 0;
    }
  }
}

const EMPTY = Buffer.alloc(0);
const EMPTY_VIEW = new DataView(EMPTY.buffer, 0, 0);
const SMALLEST_CARRY = 4096;

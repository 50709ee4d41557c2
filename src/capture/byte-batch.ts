// Pieces of octets in, one piece out: gathers what is to be written between two writes.

export class ByteBatch {
  private octets: Buffer = Buffer.allocUnsafeSlow(FIRST_SIZE);
  private length = 0;

  append(data: Buffer, start = 0, end: number = data.length): void {
    const needed = this.length + end - start;
    if (needed > this.octets.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.octets.length));
      this.octets.copy(larger, 0, 0, this.length);
      this.octets = larger;
    }
    data.copy(this.octets, this.length, start, end);
    this.length = needed;
  }

  /** What was gathered, valid until the next append. */
  take(): Buffer {
    const taken = this.octets.subarray(0, this.length);
    this.length = 0;
    return taken;
  }
}

const FIRST_SIZE = 64 * 1024;

// Memory for octets of streams that wait for others. When more is in use than there may be, the stream whose last octets
// came longest ago gives up its part.
import { type InLine, WaitingLine } from '../tcp/tcp-waiting-line.ts';

/** A stream that buffers. */
export interface Buffering extends InLine<Buffering> {
  giveUp(): void;
}

export class StreamRoom {
  private inUse = 0;
  /** Streams that buffer, the one whose last octets came longest ago first. */
  private readonly streams = new WaitingLine<Buffering>();
  private readonly spare: Buffer[] = [];
  private readonly most: number;

  /** `most` octets for all streams. */
  constructor(most: number) {
    this.most = most;
  }

  /** A buffer of at least so many octets. */
  take(size: number): Buffer {
    if (size <= SMALL) return this.spare.pop() ?? Buffer.allocUnsafeSlow(SMALL);
    return Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(size)));
  }

  give(buffer: Buffer): void {
    if (buffer.length === SMALL && this.spare.length < SPARE) this.spare.push(buffer);
  }

  /** `stream` buffers `change` octets more than before, `total` in all. */
  account(stream: Buffering, change: number, total: number): void {
    this.inUse += change;
    if (total > 0) this.streams.join(stream);
    else this.streams.leave(stream);
    for (let oldest = this.streams.first; oldest !== null; oldest = this.streams.first) {
      if (this.inUse <= this.most) return;
      oldest.giveUp();
    }
  }
}

const SMALL = 4096;
const SPARE = 4096;

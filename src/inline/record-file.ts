// Octets of the record → its file, a block at a time. A disk that does not keep up costs packets, not memory.

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { reasonOf } from './udp-listener.ts';

export class RecordFile {
  /** Packets that were not written, since too much was waiting or the file failed. */
  left = 0;
  /** Why the file takes no more; '' while it does. */
  error = '';
  private readonly stream: WriteStream;
  private block: Buffer[] = [];
  private size = 0;
  private timer: NodeJS.Timeout | null = null;

  /** Rejects with the system's code when the file cannot be made. */
  static async open(path: string): Promise<RecordFile> {
    const stream = createWriteStream(path);
    await once(stream, 'open');
    return new RecordFile(stream);
  }

  private constructor(stream: WriteStream) {
    this.stream = stream;
    stream.on('error', (error) => {
      this.error = reasonOf(error);
    });
  }

  /** False when it was left out. */
  write(octets: Buffer): boolean {
    if (this.error !== '' || this.stream.writableLength + this.size > MOST_WAITING) {
      this.left++;
      return false;
    }
    this.block.push(octets);
    this.size += octets.length;
    if (this.size >= BLOCK) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), SOON);
    return true;
  }

  flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.size === 0 || this.error !== '') return;
    this.stream.write(Buffer.concat(this.block, this.size));
    this.block = [];
    this.size = 0;
  }

  /** Resolves once all is in the file, or the file has failed. */
  async close(): Promise<void> {
    this.flush();
    if (this.error !== '') return;
    const closed = once(this.stream, 'close').catch(() => {});
    this.stream.end();
    await closed;
  }
}

const BLOCK = 256 << 10;
const MOST_WAITING = 64 << 20;
/** Milliseconds. */
const SOON = 200;

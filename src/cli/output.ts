// Standard output of the verbs: text goes out in blocks as it comes, waits for a slow reader, and ends quietly when the
// reader has gone (SIGPIPE).

import { CliError } from './exit.ts';
import { reasonOf } from './reason.ts';

/** Where a verb writes. `flush` is called between blocks of input, so that a growing input shows at once. */
export class Output {
  // Text is encoded as it comes: what is written in small pieces never waits as a tree of strings.
  #block: Buffer = Buffer.allocUnsafeSlow(BLOCK);
  #used = 0;
  #full: Buffer[] = [];
  /** Blocks that are written and may be filled again: new memory costs as much as filling it. */
  readonly #free: Buffer[] = [];
  #closed = false;
  #error: Error | null = null;
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream = process.stdout) {
    this.#stream = stream;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#closed = true;
      if (error.code !== 'EPIPE') this.#error = error;
    });
  }

  write(text: string): void {
    // A UTF-16 code unit becomes three octets at most.
    const most = text.length * 3;
    if (this.#used + most > BLOCK) this.#turn();
    if (most > BLOCK) this.#full.push(Buffer.from(text));
    else this.#used += this.#block.write(text, this.#used);
  }

  line(text: string): void {
    this.write(`${text}\n`);
  }

  /** Octets behind the text so far; they are copied. */
  append(octets: Buffer): void {
    if (this.#used + octets.length > BLOCK) this.#turn();
    if (octets.length > BLOCK) this.#full.push(Buffer.from(octets));
    else this.#used += octets.copy(this.#block, this.#used);
  }

  /** Octets as they are; they are copied. */
  octets(octets: Buffer): void {
    this.#turn();
    this.#full.push(Buffer.from(octets));
  }

  /** True when something waits for flush(). */
  get waiting(): boolean {
    return this.#used > 0 || this.#full.length > 0;
  }

  /** True once the reader has gone: nothing more needs to be read or written. */
  get closed(): boolean {
    return this.#closed;
  }

  async flush(): Promise<void> {
    this.#turn();
    const blocks = this.#full;
    this.#full = [];
    for (const block of blocks) {
      if (this.#closed) break;
      const reuse = (): void => {
        if (block.buffer.byteLength === BLOCK && this.#free.length < MOST_FREE)
          this.#free.push(Buffer.from(block.buffer));
      };
      if (!this.#stream.write(block, reuse)) await this.#drained();
    }
    if (this.#error !== null) throw new CliError(`standard output: ${reasonOf(this.#error)}`);
  }

  /** Puts what was written so far behind what waits, and begins a new block. */
  #turn(): void {
    if (this.#used === 0) return;
    this.#full.push(this.#block.subarray(0, this.#used));
    this.#block = this.#free.pop() ?? Buffer.allocUnsafeSlow(BLOCK);
    this.#used = 0;
  }

  /** Resolves when the reader has caught up, or is gone. */
  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        for (const event of EVENTS) this.#stream.off(event, done);
        resolve();
      };
      for (const event of EVENTS) this.#stream.on(event, done);
    });
  }
}

const BLOCK = 1 << 18;
const MOST_FREE = 4;
const EVENTS = ['drain', 'close', 'error'] as const;

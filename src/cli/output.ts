// Standard output of the verbs: text goes out in blocks as it comes, waits for a slow reader, and ends quietly when the
// reader has gone (SIGPIPE).
import { once } from 'node:events';

/** Where a verb writes. `flush` is called between blocks of input, so that a growing input shows at once. */
export class Output {
  #text = '';
  #closed = false;
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream = process.stdout) {
    this.#stream = stream;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#closed = true;
      if (error.code !== 'EPIPE') throw error;
    });
  }

  write(text: string): void {
    if (!this.#closed) this.#text += text;
  }

  line(text: string): void {
    if (!this.#closed) this.#text += `${text}\n`;
  }

  /** True once the reader has gone: nothing more needs to be read or written. */
  get closed(): boolean {
    return this.#closed;
  }

  async flush(): Promise<void> {
    if (this.#text === '' || this.#closed) return;
    const text = this.#text;
    this.#text = '';
    if (!this.#stream.write(text)) await Promise.race([once(this.#stream, 'drain'), once(this.#stream, 'close')]);
  }
}

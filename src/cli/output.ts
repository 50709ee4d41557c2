// Standard output of the verbs: text goes out in blocks as it comes, waits for a slow reader, and ends quietly when the
// reader has gone (SIGPIPE).
import { once } from 'node:events';

/** Where a verb writes. `flush` is called between blocks of input, so that a growing input shows at once. */
export class Output {
  #text = '';
  #blocks: (string | Buffer)[] = [];
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
    this.#text += text;
  }

  line(text: string): void {
    this.#text += `${text}\n`;
  }

  /** Octets as they are; they are copied. */
  octets(octets: Buffer): void {
    this.#blocks.push(this.#text, Buffer.from(octets));
    this.#text = '';
  }

  /** True once the reader has gone: nothing more needs to be read or written. */
  get closed(): boolean {
    return this.#closed;
  }

  async flush(): Promise<void> {
    const blocks = [...this.#blocks, this.#text].filter((block) => block.length > 0);
    this.#blocks = [];
    this.#text = '';
    for (const block of blocks) {
      if (this.#closed) return;
      if (!this.#stream.write(block))
        await Promise.race([once(this.#stream, 'drain'), once(this.#stream, 'close')]).catch(() => {});
    }
  }
}

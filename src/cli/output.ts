// Standard output of the verbs: text goes out in blocks as it comes, waits for a slow reader, and ends quietly when the
// reader has gone (SIGPIPE).

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
      if (!this.#stream.write(block)) await this.#drained();
    }
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

const EVENTS = ['drain', 'close', 'error'] as const;

// Standard output of the verbs: text goes out in blocks as it comes, waits for a slow reader, and ends quietly when the
// reader has gone (SIGPIPE). A file never waits: it is written where the text is made, without a stream between.
import { fstatSync, writeSync } from 'node:fs';
import { JsonText } from '../../dialog/record/json-text.ts';
import { CliError } from '../exit.ts';
import { reasonOf } from '../reason.ts';

/** Where a verb writes. `flush` is called between blocks of input, so that a growing input shows at once. */
export class Output {
  // Text is encoded as it comes: what is written in small pieces never waits as a tree of strings.
  readonly #text = new JsonText(2 * BLOCK);
  #full: Buffer[] = [];
  /** What is written and may be filled again: new memory costs as much as filling it. */
  readonly #free: ArrayBuffer[] = [];
  #closed = false;
  #error: Error | null = null;
  readonly #stream: NodeJS.WriteStream;
  /** Its descriptor where standard output is a file; else null. */
  readonly #file: number | null;
  readonly #name: string;

  /** `name`: what it is called where it cannot be written to. */
  constructor(stream: NodeJS.WriteStream = process.stdout, name = 'standard output') {
    this.#stream = stream;
    this.#name = name;
    this.#file = stream === process.stdout ? fileOf(STANDARD_OUTPUT) : null;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#closed = true;
      if (error.code !== 'EPIPE') this.#error = error;
    });
  }

  /** For what is put together octet by octet, a record at a time. */
  get json(): JsonText {
    if (this.#text.length >= BLOCK) this.#turn();
    return this.#text;
  }

  write(text: string): void {
    if (text.length < BLOCK) this.json.text(text);
    else this.octets(Buffer.from(text));
  }

  line(text: string): void {
    this.write(`${text}\n`);
  }

  /** Octets as they are; they are copied. */
  octets(octets: Buffer): void {
    this.#turn();
    if (this.#file === null) this.#full.push(Buffer.from(octets));
    else this.#writeNow(this.#file, octets);
  }

  /** True when something waits for flush(). */
  get waiting(): boolean {
    return this.#text.length > 0 || this.#full.length > 0;
  }

  /** True when whole blocks wait: as much as makes a write worth its while. */
  get hasBlocks(): boolean {
    return this.#full.length > 0;
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
      const written = (): void => this.#reuse(block.buffer as ArrayBuffer);
      if (!this.#stream.write(block, written)) await this.#drained();
    }
    if (this.#error !== null) throw new CliError(`${this.#name}: ${reasonOf(this.#error)}`);
  }

  /** Puts what was written so far behind what waits, and begins a new block. */
  #turn(): void {
    if (this.#text.length === 0) return;
    if (this.#file === null) this.#full.push(this.#text.detach(this.#free.pop()));
    else {
      this.#writeNow(this.#file, this.#text.octets);
      this.#text.clear();
    }
  }

  #writeNow(file: number, octets: Buffer): void {
    try {
      for (let at = 0; at < octets.length && !this.#closed; ) at += writeSync(file, octets, at);
    } catch (reason) {
      this.#closed = true;
      this.#error = reason as Error;
    }
  }

  /** Only blocks as they were made here: small buffers share their memory with others. */
  #reuse(memory: ArrayBuffer): void {
    if (memory.byteLength === 2 * BLOCK && this.#free.length < MOST_FREE) this.#free.push(memory);
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

function fileOf(descriptor: number): number | null {
  try {
    return fstatSync(descriptor).isFile() ? descriptor : null;
  } catch {
    return null;
  }
}

const STANDARD_OUTPUT = 1;
/** Small enough that what is written is still in the processor's cache. */
const BLOCK = 1 << 16;
const MOST_FREE = 16;
const EVENTS = ['drain', 'close', 'error'] as const;

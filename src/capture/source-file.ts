// Input: a path or `-` (standard input) in, its octets out in large blocks. Regular files are read one block ahead of the
// one being worked on; pipes are handed on as soon as their octets arrive.
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** Octets of one input. A block is valid until the next is asked for. */
export interface ByteSource {
  /** The next block; null at the end. Rejects when reading fails. */
  read(): Promise<Buffer | null>;
  close(): Promise<void>;
  /** Octets of the file in all; 0 when not known. */
  readonly size: number;
  /** Octets read from the file so far, compressed as they are. */
  readonly taken: number;
}

/** Opens `path` for reading from `offset`, which only regular files can. Rejects when it cannot be opened. */
export async function openFile(path: string, blockSize: number, offset = 0): Promise<ByteSource> {
  if (path === STANDARD_INPUT) return new StreamSource(process.stdin);
  const file = await open(path);
  const status = await file.stat();
  if (status.isFile()) return new FileSource(file, status.size, blockSize, offset);
  if (!status.isDirectory()) return new StreamSource(file.createReadStream());
  await file.close();
  throw new Error('EISDIR: it is a directory');
}

class FileSource implements ByteSource {
  readonly size: number;
  taken = 0;

  private readonly file: FileHandle;
  private readonly blockSize: number;
  private readonly blocks: Buffer[] = [];
  private position: number;
  private turn = 0;
  private ahead: Promise<number> | null = null;

  constructor(file: FileHandle, size: number, blockSize: number, offset: number) {
    this.file = file;
    this.size = size;
    this.position = offset;
    // One octet more than a small file holds: its end is seen with the first block.
    this.blockSize = Math.min(blockSize, Math.max(size - offset + 1, SMALLEST_BLOCK));
  }

  async read(): Promise<Buffer | null> {
    const turn = this.turn;
    const length = await (this.ahead ?? this.fill(turn));
    if (length === 0) return null;
    this.taken += length;
    this.turn = 1 - turn;
    // A block that did not fill up was the last; whether the file has grown is asked only then.
    this.ahead = length < this.blockSize ? null : this.fill(this.turn);
    return this.blocks[turn].subarray(0, length);
  }

  async close(): Promise<void> {
    await this.ahead?.catch(() => 0);
    await this.file.close();
  }

  private fill(turn: number): Promise<number> {
    this.blocks[turn] ??= Buffer.allocUnsafeSlow(this.blockSize);
    const reading = this.file.read(this.blocks[turn], 0, this.blockSize, this.position).then((result) => {
      this.position += result.bytesRead;
      return result.bytesRead;
    });
    // A failure is reported by the read() that waits for it.
    reading.catch(() => 0);
    return reading;
  }
}

class StreamSource implements ByteSource {
  readonly size = 0;
  taken = 0;

  private readonly chunks: AsyncIterator<Buffer>;

  constructor(stream: Readable) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  async read(): Promise<Buffer | null> {
    const { done, value } = await this.chunks.next();
    if (done === true) return null;
    this.taken += value.length;
    return value;
  }

  async close(): Promise<void> {
    await this.chunks.return?.();
  }
}

/** The path that stands for standard input, which can be read only once. */
export const STANDARD_INPUT = '-';

const SMALLEST_BLOCK = 4096;

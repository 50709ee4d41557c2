// Input: a path or `-` (standard input) in, its octets out in blocks. Regular files are read without leaving the thread: the
// system reads ahead by itself, and a block that fits the processor's own cache is worth more than one read meanwhile;
// now and then other events get their turn. Pipes are handed on as soon as their octets arrive.
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { otherEvents } from './source-turn.ts';

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

/** The memory to read the next block of a regular file into; the one before is done with then. */
export type BlockMemory = (length: number) => Buffer;

/**
 * Asked at the end of a regular file of which so many octets were read: true once it has more, false when no more is wanted. What
 * is half written by then is not looked at before it is whole.
 */
export type Follow = (path: string, taken: number) => Promise<boolean>;

/** Opens `path` for reading from `offset`, which only regular files can. Rejects when it cannot be opened. */
export async function openFile(
  path: string,
  blockSize: number,
  offset = 0,
  blocks?: BlockMemory,
  follow?: Follow,
): Promise<ByteSource> {
  if (path === STANDARD_INPUT) return new StreamSource(input ?? process.stdin);
  // Only what is there and regular is opened here: to open a pipe may take as long as its writer likes.
  if (statSync(path, { throwIfNoEntry: false })?.isFile())
    return new FileSource(
      openSync(path, 'r'),
      blockSize,
      offset,
      blocks,
      follow && ((taken) => follow(path, taken)),
    );
  const file = await (await import('node:fs/promises')).open(path);
  const status = await file.stat();
  if (!status.isDirectory()) return new StreamSource(file.createReadStream());
  await file.close();
  throw new Error('EISDIR: it is a directory');
}

class FileSource implements ByteSource {
  readonly size: number;
  taken = 0;

  private readonly file: number;
  private readonly blocks: BlockMemory;
  private readonly blockSize: number;
  private position: number;
  private sinceTurn = 0;
  private readonly follow: ((taken: number) => Promise<boolean>) | undefined;

  constructor(
    file: number,
    blockSize: number,
    offset: number,
    blocks: BlockMemory = sameBlock(),
    follow?: (taken: number) => Promise<boolean>,
  ) {
    this.file = file;
    this.follow = follow;
    this.size = fstatSync(file).size;
    this.position = offset;
    // One octet more than a small file holds: its end is seen with the first block.
    this.blockSize = Math.min(blockSize, Math.max(this.size - offset + 1, SMALLEST_BLOCK));
    this.blocks = blocks;
  }

  async read(): Promise<Buffer | null> {
    if (this.sinceTurn >= OCTETS_PER_TURN) {
      this.sinceTurn = 0;
      await otherEvents();
    }
    const block = this.blocks(this.blockSize);
    let length = readSync(this.file, block, 0, block.length, this.position);
    while (length === 0 && (await this.follow?.(this.position)))
      length = readSync(this.file, block, 0, block.length, this.position);
    if (length === 0) return null;
    this.position += length;
    this.taken += length;
    this.sinceTurn += length;
    return length === block.length ? block : block.subarray(0, length);
  }

  async close(): Promise<void> {
    closeSync(this.file);
  }
}

/** One block, read into again and again. */
function sameBlock(): BlockMemory {
  let block: Buffer | null = null;
  return (length) => {
    block ??= Buffer.allocUnsafeSlow(length);
    return block;
  };
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

/** What is read in place of standard input from now on. */
export function readAsInput(stream: Readable): void {
  input = stream;
}

let input: Readable | undefined;

/** The path that stands for standard input, which can be read only once. */
export const STANDARD_INPUT = '-';

const SMALLEST_BLOCK = 4096;
/** Between two turns of other events: a reader that went away, a signal. */
const OCTETS_PER_TURN = 1 << 20;

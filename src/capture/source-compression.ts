// Input: the octets of a file in, decompressed where their first octets say that they are gzip (RFC 1952) or zstd
// (RFC 8878). A compressed stream that breaks off gives what could be decompressed, and one diagnostic.
import * as zlib from 'node:zlib';
import type { DiagnosticSink } from './diagnostic.ts';
import { type ByteSource, openFile } from './source-file.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

export interface DecompressedSource extends ByteSource {
  readonly compression: Compression;
}

/** Opens `path` and decompresses it if need be. Rejects when that is not possible. */
export async function openCapture(
  path: string,
  blockSize: number,
  onDiagnostic: DiagnosticSink,
): Promise<DecompressedSource> {
  const source = await openFile(path, blockSize);
  try {
    const first = await firstBlock(source);
    const compression = compressionOf(first);
    if (compression === 'none') return new PlainSource(source, first);
    return new InflatingSource(source, first, compression, onDiagnostic);
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** RFC 1952 §2.3.1, RFC 8878 §3.1.1. */
export function compressionOf(first: Buffer): Compression {
  if (first.length >= 3 && first[0] === 0x1f && first[1] === 0x8b && first[2] === 8) return 'gzip';
  // The magic of a frame, or of a skippable frame, whose last four bits are free.
  const magic = first.length >= 4 ? first.readUInt32LE(0) : 0;
  if (magic === 0xfd2fb528 || (magic & 0xfffffff0) === 0x184d2a50) return 'zstd';
  return 'none';
}

function createInflater(compression: Compression): Inflater {
  if (compression === 'gzip') return zlib.createGunzip({ chunkSize: OUTPUT_CHUNK });
  if (typeof zlib.createZstdDecompress !== 'function') {
    throw new Error(
      `it is compressed with zstd, which needs Node 22.15 or later (this is ${process.version})`,
    );
  }
  return zlib.createZstdDecompress({ chunkSize: OUTPUT_CHUNK });
}

/** The first block, or the first few when a pipe delivers octet by octet: enough to tell the compression. */
async function firstBlock(source: ByteSource): Promise<Buffer> {
  let first = (await source.read()) ?? NOTHING;
  while (first.length < 4) {
    const more = await source.read();
    if (more === null) break;
    first = Buffer.concat([first, more]);
  }
  return first;
}

class PlainSource implements DecompressedSource {
  readonly compression = 'none';
  private readonly source: ByteSource;
  private first: Buffer | null;

  constructor(source: ByteSource, first: Buffer) {
    this.source = source;
    this.first = first;
  }

  get size(): number {
    return this.source.size;
  }

  get taken(): number {
    return this.source.taken;
  }

  async read(): Promise<Buffer | null> {
    const first = this.first;
    this.first = null;
    return first !== null && first.length > 0 ? first : this.source.read();
  }

  close(): Promise<void> {
    return this.source.close();
  }
}

class InflatingSource implements DecompressedSource {
  readonly compression: Compression;
  private readonly source: ByteSource;
  private readonly onDiagnostic: DiagnosticSink;
  private inflater: Inflater;
  /** The compressed octets at hand are `input` from `inputPos`. */
  private input: Buffer;
  private inputPos = 0;
  /** Octets given to the inflater there is now. */
  private fed = 0;
  private readonly output: Buffer[] = [];
  private given = 0;
  private finished = false;
  private wake: () => void = () => {};

  constructor(source: ByteSource, first: Buffer, compression: Compression, onDiagnostic: DiagnosticSink) {
    this.source = source;
    this.input = first;
    this.compression = compression;
    this.onDiagnostic = onDiagnostic;
    this.inflater = this.newInflater();
  }

  get size(): number {
    return this.source.size;
  }

  get taken(): number {
    return this.source.taken;
  }

  async read(): Promise<Buffer | null> {
    for (;;) {
      const chunk = this.output.shift();
      if (chunk !== undefined) {
        this.given += chunk.length;
        return chunk;
      }
      if (this.finished) return null;
      await this.feed();
    }
  }

  async close(): Promise<void> {
    this.finished = true;
    this.inflater.destroy();
    await this.source.close();
  }

  /** Gives the inflater a small piece, so that what comes out of it stays small whatever the ratio. */
  private async feed(): Promise<void> {
    if (this.inputPos === this.input.length) {
      this.input = (await this.source.read()) ?? NOTHING;
      this.inputPos = 0;
    }
    const piece = this.input.subarray(this.inputPos, this.inputPos + INPUT_PIECE);
    this.inputPos += piece.length;
    this.fed += piece.length;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (piece.length > 0) this.inflater.write(piece, () => resolve());
      else this.inflater.end();
    });
  }

  private newInflater(): Inflater {
    const inflater = createInflater(this.compression);
    inflater.on('data', (chunk: Buffer) => this.output.push(chunk));
    inflater.on('error', (error: NodeJS.ErrnoException) => this.break(error));
    inflater.on('end', () => this.streamEnded());
    return inflater;
  }

  /** RFC 8878 §3: frames may follow one another, which Node's zstd leaves to its caller (its gunzip goes on by itself). */
  private streamEnded(): void {
    const left = this.fed - this.inflater.bytesWritten;
    if (this.compression === 'zstd' && left > 0) {
      this.inputPos -= left;
      this.fed = 0;
      this.inflater = this.newInflater();
    } else this.finished = true;
    this.wake();
  }

  private break(error: NodeJS.ErrnoException): void {
    const octets = this.output.reduce((sum, chunk) => sum + chunk.length, this.given);
    const isCut = error.code === 'Z_BUF_ERROR';
    this.onDiagnostic({
      code: isCut ? 'capture/truncated-compression' : 'capture/damaged-compression',
      severity: 'warning',
      message:
        `the ${this.compression} stream ${isCut ? 'is cut short' : `is damaged (${error.message})`}: ` +
        `${octets} octets could be decompressed`,
      at: octets,
    });
    this.finished = true;
    this.wake();
  }
}

type Inflater = zlib.Gunzip | zlib.ZstdDecompress;

const NOTHING = Buffer.alloc(0);
const INPUT_PIECE = 16 * 1024;
const OUTPUT_CHUNK = 64 * 1024;

// Input: compressed octets in, decompressed ones out, piece by piece. A stream that breaks off gives what could be
// decompressed, and one diagnostic. Rules: RFC 1952 (gzip), RFC 8878 (zstd).
import * as zlib from 'node:zlib';
import type { DiagnosticSink } from './diagnostic.ts';
import type { Compression, DecompressedSource } from './source-decompressed.ts';
import type { ByteSource } from './source-file.ts';

export class InflatingSource implements DecompressedSource {
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

function createInflater(compression: Compression): Inflater {
  if (compression === 'gzip') return zlib.createGunzip({ chunkSize: OUTPUT_CHUNK });
  if (typeof zlib.createZstdDecompress !== 'function') {
    throw new Error(
      `it is compressed with zstd, which needs Node 22.15 or later (this is ${process.version})`,
    );
  }
  return zlib.createZstdDecompress({ chunkSize: OUTPUT_CHUNK });
}

type Inflater = zlib.Gunzip | zlib.ZstdDecompress;

const NOTHING = Buffer.alloc(0);
const INPUT_PIECE = 16 * 1024;
const OUTPUT_CHUNK = 64 * 1024;

// Input: the octets of a file in, decompressed where their first octets say that they are gzip (RFC 1952) or zstd
// (RFC 8878).
import type { DiagnosticSink } from './diagnostic.ts';
import type { Compression, DecompressedSource } from './source-decompressed.ts';
import { type BlockMemory, type ByteSource, type Follow, openFile } from './source-file.ts';

/** Opens `path` and decompresses it if need be. Rejects when that is not possible. */
export async function openCapture(
  path: string,
  blockSize: number,
  onDiagnostic: DiagnosticSink,
  blocks?: BlockMemory,
  follow?: Follow,
): Promise<DecompressedSource> {
  const source = await openFile(path, blockSize, 0, blocks, follow);
  try {
    const first = await firstBlock(source);
    const compression = compressionOf(first);
    if (compression === 'none') return new PlainSource(source, first);
    // Most captures are not compressed: what takes them apart is loaded only where one is.
    const { InflatingSource } = await import('./source-inflate.ts');
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

/** The first block, or the first few when a pipe delivers octet by octet: enough to tell the compression. */
async function firstBlock(source: ByteSource): Promise<Buffer> {
  let first = (await source.read()) ?? NOTHING;
  while (first.length < 4) {
    first = Buffer.from(first);
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

const NOTHING = Buffer.alloc(0);

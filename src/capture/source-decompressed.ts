// Input: the octets of a capture, whatever they were packed in.
import type { ByteSource } from './source-file.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

export interface DecompressedSource extends ByteSource {
  readonly compression: Compression;
}

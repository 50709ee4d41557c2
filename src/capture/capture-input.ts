// One input of a set while it is read: its octets drawn from the source, its packets at hand one by one.
import type { Diagnostic, DiagnosticSink } from './diagnostic.ts';
import { Packet } from './packet.ts';
import type { PcapngBlock } from './pcapng.ts';
import type { DecryptionSecrets } from './pcapng-annotation.ts';
import { type CaptureFormat, CaptureReader } from './reader.ts';
import { openCapture } from './source-compression.ts';
import type { Compression, DecompressedSource } from './source-decompressed.ts';
import { type BlockMemory, type Follow, STANDARD_INPUT } from './source-file.ts';
import { KeyLogTail, SecretsAhead } from './source-secrets.ts';

/** What is known of an input; it grows while the set is read. */
export interface InputStatus {
  readonly path: string;
  /** Undefined until the first octets came, or where they never did. */
  format: CaptureFormat | undefined;
  compression: Compression;
  /** Octets read so far, compressed as they are, and in all (0 when not known). */
  bytes: number;
  size: number;
  packets: number;
  /** Why nothing at all could be read from it. */
  error?: string;
}

export class CaptureInput {
  readonly status: InputStatus;
  readonly reader: CaptureReader;
  readonly packet = new Packet();
  readonly rank: number;
  /** Its place in the set. */
  readonly index: number;

  private readonly onDiagnostic: DiagnosticSink;
  private source: DecompressedSource | null = null;
  private ahead: SecretsAhead | null = null;
  private tail: KeyLogTail | null = null;

  constructor(
    status: InputStatus,
    index: number,
    rank: number,
    onDiagnostic: DiagnosticSink,
    onBlock: ((block: PcapngBlock) => void) | undefined,
  ) {
    this.status = status;
    this.rank = rank;
    this.index = index;
    this.onDiagnostic = (diagnostic) => this.say(diagnostic, onDiagnostic);
    this.reader = new CaptureReader({
      source: index,
      onDiagnostic: this.onDiagnostic,
      ...(onBlock === undefined ? {} : { onBlock }),
    });
  }

  /** False, with the reason in `status.error`, when it cannot be opened. */
  async open(blockSize: number, blocks?: BlockMemory, follow?: Follow): Promise<boolean> {
    try {
      this.source = await openCapture(this.status.path, blockSize, this.onDiagnostic, blocks, follow);
      this.status.compression = this.source.compression;
      this.status.size = this.source.size;
      return true;
    } catch (error) {
      this.fail('capture/unreadable', 'cannot be read', error);
      return false;
    }
  }

  /** Gives the reader the next block; false at the end of the input. Ask the reader for packets after either. */
  async refill(): Promise<boolean> {
    if (this.source === null || this.reader.ended) return false;
    let block: Buffer | null = null;
    try {
      block = await this.source.read();
    } catch (error) {
      this.fail('capture/read-failed', `reading failed after ${this.status.bytes} octets`, error);
    }
    this.status.bytes = this.source.taken;
    if (block === null) {
      this.reader.end();
      return false;
    }
    this.reader.push(block);
    return true;
  }

  /** It is read as it comes, not from a file. */
  get isStream(): boolean {
    return this.source !== null && this.status.size === 0;
  }

  /** A file of secrets that others may add to; an empty one may become one. */
  get mayGrow(): boolean {
    const { path, compression } = this.status;
    const { format } = this.reader;
    if (format !== 'key-log' && (format !== 'unknown' || this.status.bytes > 0)) return false;
    return compression === 'none' && path !== STANDARD_INPUT;
  }

  /** Secrets that are found further on, where that can be looked at: in a regular file, not compressed. */
  lookAhead(): readonly DecryptionSecrets[] {
    const { path, compression, size, bytes } = this.status;
    if (this.mayGrow) {
      this.tail ??= new KeyLogTail(path, bytes);
      const added = this.tail.look();
      return added === null ? [] : [added];
    }
    if (this.reader.format !== 'pcapng' || this.reader.ended || compression !== 'none' || size === 0)
      return [];
    this.ahead ??= new SecretsAhead(path);
    return this.ahead.look(this.reader.position, this.reader.littleEndian);
  }

  async close(): Promise<void> {
    this.status.format = this.reader.format;
    await this.source?.close();
    this.source = null;
  }

  private fail(code: string, what: string, error: unknown): void {
    const message = `${what}: ${error instanceof Error ? error.message : String(error)}`;
    this.onDiagnostic({ code, severity: 'error', message });
  }

  private say(diagnostic: Diagnostic, onDiagnostic: DiagnosticSink): void {
    if (diagnostic.severity === 'error' && this.status.packets === 0) this.status.error = diagnostic.message;
    onDiagnostic({ ...diagnostic, message: `${this.status.path}: ${diagnostic.message}` });
  }
}

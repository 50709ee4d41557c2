// One capture: octets in, packets out. Recognises pcap, pcapng and files of secrets by their first octets, never by a name.
import { ByteWindow } from './byte-window.ts';
import type { DiagnosticSink } from './diagnostic.ts';
import type { Packet } from './packet.ts';
import { PcapRecords } from './pcap.ts';
import { isPcapMagic, type PcapHeader, pcapHeaderLength, readPcapHeader } from './pcap-header.ts';
import { type PcapngBlock, PcapngBlocks, type PcapngSection } from './pcapng.ts';
import type { CaptureComment, DecryptionSecrets, InterfaceStatistics } from './pcapng-annotation.ts';
import { BLOCK } from './pcapng-block.ts';
import {
  maybeSecrets,
  SECRETS_BEGINNING,
  SecretsFile,
  type SecretsFormat,
  secretsFormat,
} from './secrets-file.ts';

export type CaptureFormat = 'pcap' | 'pcapng' | SecretsFormat | 'unknown';

/** Whether an input is no capture, but secrets for others. */
export function isSecrets(format: string | undefined): boolean {
  return format === 'key-log' || format === 'pem';
}

export interface ReaderOptions {
  /** Goes into `packet.source`. */
  readonly source: number;
  readonly onDiagnostic: DiagnosticSink;
  /** Every pcapng block that is no packet, in file order. */
  readonly onBlock?: (block: PcapngBlock) => void;
}

/** Push octets, ask for packets until there are none, push more; after end() ask once more. */
export class CaptureReader {
  /** Undefined until the first octets came. */
  format: CaptureFormat | undefined;

  private readonly options: ReaderOptions;
  private readonly window = new ByteWindow();
  private pcap: PcapRecords | null = null;
  private pcapng: PcapngBlocks | null = null;
  private secretsFile: SecretsFile | null = null;

  constructor(options: ReaderOptions) {
    this.options = options;
  }

  /** The chunk may be used again once next() has returned false. */
  push(chunk: Buffer): void {
    if (!this.ended) this.window.push(chunk);
  }

  end(): void {
    this.window.closed = true;
  }

  /** Fills `packet` (all but its frame number); false when more octets are needed, or the capture has ended. */
  next(packet: Packet): boolean {
    packet.source = this.options.source;
    if (this.pcap !== null) return !this.pcap.ended && this.pcap.next(packet);
    if (this.pcapng !== null) return !this.pcapng.ended && this.pcapng.next(packet);
    if (this.secretsFile !== null) return this.secretsFile.read();
    return this.recognise() && this.next(packet);
  }

  /** No packet will come any more, whatever is pushed. */
  get ended(): boolean {
    return (
      this.format === 'unknown' ||
      this.pcap?.ended === true ||
      this.pcapng?.ended === true ||
      this.secretsFile?.ended === true
    );
  }

  /** Header of a classic pcap file; null for others. */
  get pcapHeader(): PcapHeader | null {
    return this.pcap === null ? null : this.pcap.header;
  }

  /** Byte offset of what is read next, after decompression. */
  get position(): number {
    return this.window.offset;
  }

  /** Byte order of the part of the capture that is being read. */
  get littleEndian(): boolean {
    if (this.pcap !== null) return this.pcap.header.littleEndian;
    return this.pcapng === null || this.pcapng.littleEndian;
  }

  /** Addresses and their names from the capture. */
  get names(): ReadonlyMap<string, string> {
    return this.pcapng?.annotations.names ?? NO_NAMES;
  }

  get secrets(): readonly DecryptionSecrets[] {
    return this.pcapng?.annotations.secrets ?? this.secretsFile?.secrets ?? [];
  }

  get comments(): readonly CaptureComment[] {
    return this.pcapng?.annotations.comments ?? [];
  }

  get statistics(): readonly InterfaceStatistics[] {
    return this.pcapng?.annotations.statistics ?? [];
  }

  /**
   * A reader that begins with the record or block at `offset` of the same capture, which this one has passed; undefined
   * where the format was never recognised.
   */
  resumeAt(offset: number, onDiagnostic: DiagnosticSink): CaptureReader | undefined {
    const reader = new CaptureReader({ source: this.options.source, onDiagnostic });
    reader.window.base = offset;
    reader.format = this.format;
    if (this.pcap !== null) reader.pcap = new PcapRecords(this.pcap.header, reader.window, onDiagnostic);
    const section = this.pcapng?.sections.findLast((candidate: PcapngSection) => candidate.offset <= offset);
    if (section !== undefined) {
      reader.pcapng = new PcapngBlocks(reader.window, onDiagnostic);
      reader.pcapng.resume(section, offset);
    }
    return reader.pcap === null && reader.pcapng === null ? undefined : reader;
  }

  /** False until the format is known; then the window stands behind the file header. */
  private recognise(): boolean {
    const { window } = this;
    const { onDiagnostic, onBlock } = this.options;
    if (this.format === 'unknown') return false;
    if (!window.need(4)) return this.wait();
    if (window.view.getUint32(window.pos) === BLOCK.section) {
      if (!window.need(12)) return this.wait();
      this.format = 'pcapng';
      this.pcapng = new PcapngBlocks(window, onDiagnostic, onBlock);
      return true;
    }
    if (!isPcapMagic(window.view, window.pos)) return this.recogniseSecrets();
    const length = pcapHeaderLength(window.view, window.pos);
    if (!window.need(length)) return this.wait();
    const header = readPcapHeader(window.data, window.view, window.pos);
    window.pos += length;
    this.format = 'pcap';
    this.pcap = new PcapRecords(header, window, onDiagnostic);
    return true;
  }

  private recogniseSecrets(): boolean {
    const { window } = this;
    if (!maybeSecrets(window.data[window.pos])) return this.refuse(NEITHER);
    if (!window.need(SECRETS_BEGINNING) && !window.closed) return false;
    const format = secretsFormat(window.data.subarray(window.pos, window.pos + SECRETS_BEGINNING));
    if (format === null) return this.refuse(NEITHER);
    this.format = format;
    this.secretsFile = new SecretsFile(window, format, this.options.onDiagnostic);
    return true;
  }

  private wait(): boolean {
    if (!this.window.closed) return false;
    const length = this.window.end - this.window.pos;
    if (length > 0) return this.refuse(`not a capture: ${length} octets are too few for one`);
    this.format = 'unknown';
    this.options.onDiagnostic({
      code: 'capture/empty',
      severity: 'warning',
      message: 'empty: no octets',
      at: 0,
    });
    return false;
  }

  private refuse(message: string): boolean {
    this.format = 'unknown';
    this.options.onDiagnostic({ code: 'capture/not-a-capture', severity: 'error', message, at: 0 });
    return false;
  }
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();
const NEITHER = 'not a capture: it begins like neither pcap nor pcapng';

// What a pcapng file tells beside its packets: names, comments, secrets for decryption, the capture's own statistics.
// All of it is kept, each within a cap; draft-ietf-opsawg-pcapng §3.5.1, §4.5, §4.6, §4.7.
import type { DiagnosticSink } from './diagnostic.ts';
import { readNames } from './pcapng-names.ts';
import { OPT_COMMENT, optionText, readOptions } from './pcapng-option.ts';

/** Key material that the capture carries; `type` as registered (0x544c534b is a TLS key log). */
export interface DecryptionSecrets {
  readonly type: number;
  readonly data: Buffer;
}

export interface CaptureComment {
  readonly on: 'section' | 'interface' | 'packet' | 'block';
  /** Byte offset of the block it belongs to: the `offset` of a packet. */
  readonly offset: number;
  readonly text: string;
}

/** What the capturing program counted on one interface; -1 where it did not say. */
export interface InterfaceStatistics {
  readonly interfaceId: number;
  readonly received: number;
  readonly droppedByInterface: number;
  readonly droppedBySystem: number;
}

export class Annotations {
  /** Address as text → name. */
  readonly names = new Map<string, string>();
  readonly secrets: DecryptionSecrets[] = [];
  readonly comments: CaptureComment[] = [];
  readonly statistics: InterfaceStatistics[] = [];

  private secretOctets = 0;
  private commentOctets = 0;
  private full = new Set<string>();
  private readonly onDiagnostic: DiagnosticSink;

  constructor(onDiagnostic: DiagnosticSink) {
    this.onDiagnostic = onDiagnostic;
  }

  addNames(data: Buffer, view: DataView, start: number, end: number, littleEndian: boolean): void {
    readNames(data, view, start, end, littleEndian, (ip, name) => {
      if (name === '' || this.names.has(ip)) return;
      if (this.names.size < MOST_NAMES) this.names.set(ip, name);
      else this.tooMany('names', MOST_NAMES);
    });
  }

  addSecrets(data: Buffer, view: DataView, start: number, end: number, littleEndian: boolean): void {
    if (end - start < 8) return;
    const length = Math.min(view.getUint32(start + 4, littleEndian), end - start - 8);
    if (this.secretOctets + length > MOST_SECRET_OCTETS || this.secrets.length >= MOST_SECRETS) {
      this.tooMany('secrets', MOST_SECRETS);
      return;
    }
    this.secretOctets += length;
    const secret = Buffer.from(data.subarray(start + 8, start + 8 + length));
    this.secrets.push({ type: view.getUint32(start, littleEndian), data: secret });
  }

  addStatistics(view: DataView, start: number, end: number, littleEndian: boolean): void {
    if (end - start < 12) return;
    if (this.statistics.length >= MOST_STATISTICS) {
      this.tooMany('statistics', MOST_STATISTICS);
      return;
    }
    const counts = [-1, -1, -1];
    for (const option of readOptions(view, start + 12, end, littleEndian)) {
      const index = STATISTICS_OPTIONS.indexOf(option.code);
      if (index < 0 || option.end - option.start !== 8) continue;
      counts[index] = Number(view.getBigUint64(option.start, littleEndian));
    }
    this.statistics.push({
      interfaceId: view.getUint32(start, littleEndian),
      received: counts[0],
      droppedByInterface: counts[1],
      droppedBySystem: counts[2],
    });
  }

  /** The comments among the options in `view[start, end)` of the block at `offset`. */
  addComments(
    on: CaptureComment['on'],
    offset: number,
    data: Buffer,
    view: DataView,
    start: number,
    end: number,
    littleEndian: boolean,
  ): void {
    for (const option of readOptions(view, start, end, littleEndian)) {
      if (option.code !== OPT_COMMENT) continue;
      this.commentOctets += option.end - option.start;
      if (this.comments.length >= MOST_COMMENTS || this.commentOctets > MOST_COMMENT_OCTETS) {
        this.tooMany('comments', MOST_COMMENTS);
        return;
      }
      this.comments.push({ on, offset, text: optionText(data, option) });
    }
  }

  /** The first ones are kept; that there were more is said once. */
  private tooMany(what: string, most: number): void {
    if (this.full.has(what)) return;
    this.full.add(what);
    this.onDiagnostic({
      code: 'pcapng/annotations-cut',
      severity: 'info',
      message: `the capture carries more ${what} than are kept (${most})`,
    });
  }
}

const MOST_NAMES = 100_000;
const MOST_SECRETS = 65_536;
const MOST_SECRET_OCTETS = 64 * 1024 * 1024;
const MOST_COMMENTS = 10_000;
const MOST_COMMENT_OCTETS = 16 * 1024 * 1024;
const MOST_STATISTICS = 10_000;
/** isb_ifrecv, isb_ifdrop, isb_osdrop. */
const STATISTICS_OPTIONS = [4, 5, 7];

// What all streams of SIP share: where messages and oddities go, and how much may be buffered for messages that are not
// whole yet. When that is too much, the stream whose last octets came longest ago gives up its part.
import type { DiagnosticSink } from '../capture/diagnostic.ts';
import type { OutcomeLedger } from '../network/outcome.ts';
import { Payload } from '../network/payload.ts';
import { type InLine, WaitingLine } from '../network/tcp-waiting-line.ts';
import { MessageHead } from './framing-head.ts';

export interface FramingLimits {
  /** Octets of a header section, and of a body; what is longer is not believed. */
  readonly headerOctets: number;
  readonly bodyOctets: number;
  /** Packets of one message. */
  readonly spans: number;
  /** Octets buffered for all streams. */
  readonly bufferedInAll: number;
}

export interface FramingOptions {
  readonly ledger: OutcomeLedger;
  readonly onDiagnostic: DiagnosticSink;
  /** A message, valid during the call; false when nothing could be made of it. */
  readonly onMessage: (payload: Payload) => boolean;
  readonly limits?: Partial<FramingLimits>;
}

/** A stream that buffers. */
export interface Buffering extends InLine<Buffering> {
  giveUp(): void;
}

export class FramingStore {
  readonly ledger: OutcomeLedger;
  readonly onDiagnostic: DiagnosticSink;
  readonly onMessage: (payload: Payload) => boolean;
  readonly limits: FramingLimits;
  /** Filled again for each message. */
  readonly payload = new Payload();
  /** For the next message: a stream takes it away only when its message is not whole. */
  head = new MessageHead();
  /** Of streams that have no message open. */
  readonly closed = new MessageHead();
  private inUse = 0;
  /** Streams that buffer, the one whose last octets came longest ago first. */
  private readonly streams = new WaitingLine<Buffering>();
  private readonly spare: Buffer[] = [];

  constructor(options: FramingOptions) {
    this.ledger = options.ledger;
    this.onDiagnostic = options.onDiagnostic;
    this.onMessage = options.onMessage;
    this.limits = { ...LIMITS, ...options.limits };
  }

  /** A buffer of at least so many octets. */
  take(size: number): Buffer {
    if (size <= SMALL) return this.spare.pop() ?? Buffer.allocUnsafeSlow(SMALL);
    return Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(size)));
  }

  give(buffer: Buffer): void {
    if (buffer.length === SMALL && this.spare.length < SPARE) this.spare.push(buffer);
  }

  /** `stream` buffers `change` octets more than before, `total` in all. */
  account(stream: Buffering, change: number, total: number): void {
    this.inUse += change;
    if (total > 0) this.streams.join(stream);
    else this.streams.leave(stream);
    for (let oldest = this.streams.first; oldest !== null; oldest = this.streams.first) {
      if (this.inUse <= this.limits.bufferedInAll) return;
      oldest.giveUp();
    }
  }
}

const SMALL = 4096;
const SPARE = 4096;

const LIMITS: FramingLimits = {
  headerOctets: 256 << 10,
  bodyOctets: 16 << 20,
  spans: 16_384,
  bufferedInAll: 128 << 20,
};

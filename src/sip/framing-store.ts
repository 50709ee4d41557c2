// What all streams of SIP share: where messages and oddities go, and how much may be buffered for messages that are not
// whole yet.
import type { DiagnosticSink } from '../capture/diagnostic.ts';
import type { OutcomeLedger } from '../network/outcome.ts';
import { Payload } from '../network/payload.ts';
import { StreamRoom } from '../network/stream-room.ts';
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
  readonly room: StreamRoom;

  constructor(options: FramingOptions) {
    this.ledger = options.ledger;
    this.onDiagnostic = options.onDiagnostic;
    this.onMessage = options.onMessage;
    this.limits = { ...LIMITS, ...options.limits };
    this.room = new StreamRoom(this.limits.bufferedInAll);
  }
}

const LIMITS: FramingLimits = {
  headerOctets: 256 << 10,
  bodyOctets: 16 << 20,
  spans: 16_384,
  bufferedInAll: 128 << 20,
};

// What all WebSockets share: where messages and oddities go, and how much may be held for messages that are not whole yet.
import type { DiagnosticSink } from '../capture/diagnostic.ts';
import type { OutcomeLedger } from './outcome.ts';
import { Payload } from './payload.ts';
import { StreamRoom } from './stream-room.ts';

export interface WebSocketLimits {
  /** Octets of a message, also once it is decompressed; what is longer is not believed. */
  readonly messageOctets: number;
  /** Packets of one message, and places in the stream where its frames lie. */
  readonly spans: number;
  /** Octets held for all streams. */
  readonly bufferedInAll: number;
}

export interface WebSocketOptions {
  readonly ledger: OutcomeLedger;
  readonly onDiagnostic: DiagnosticSink;
  /** A SIP message, valid during the call; false when nothing could be made of it. */
  readonly onMessage: (payload: Payload) => boolean;
  readonly limits?: Partial<WebSocketLimits>;
}

export class WebSocketStore {
  readonly ledger: OutcomeLedger;
  readonly onDiagnostic: DiagnosticSink;
  readonly onMessage: (payload: Payload) => boolean;
  readonly limits: WebSocketLimits;
  /** Filled again for each message. */
  readonly payload = new Payload();
  readonly room: StreamRoom;

  constructor(options: WebSocketOptions) {
    this.ledger = options.ledger;
    this.onDiagnostic = options.onDiagnostic;
    this.onMessage = options.onMessage;
    this.limits = { ...LIMITS, ...options.limits };
    this.room = new StreamRoom(this.limits.bufferedInAll);
  }
}

const LIMITS: WebSocketLimits = {
  messageOctets: 1 << 20,
  spans: 4096,
  bufferedInAll: 64 << 20,
};

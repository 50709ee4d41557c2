// What all streams of one kind share: where messages and oddities go, and how much may be held for messages that are not whole yet.
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import type { OutcomeLedger } from '../outcome.ts';
import { Payload } from '../payload.ts';
import { StreamRoom } from './stream-room.ts';

export interface StreamLimits {
  /** Packets of one message, and places in the stream where it lies. */
  readonly spans: number;
  /** Octets held for all streams. */
  readonly bufferedInAll: number;
}

export interface StreamOptions<Limits extends StreamLimits> {
  readonly ledger: OutcomeLedger;
  readonly onDiagnostic: DiagnosticSink;
  /** A SIP message, valid during the call; false when nothing could be made of it. */
  readonly onMessage: (payload: Payload) => boolean;
  readonly limits?: Partial<Limits>;
}

export class StreamStore<Limits extends StreamLimits> {
  readonly ledger: OutcomeLedger;
  readonly onDiagnostic: DiagnosticSink;
  readonly onMessage: (payload: Payload) => boolean;
  readonly limits: Limits;
  /** Filled again for each message. */
  readonly payload = new Payload();
  readonly room: StreamRoom;

  constructor(options: StreamOptions<Limits>, usual: Limits) {
    this.ledger = options.ledger;
    this.onDiagnostic = options.onDiagnostic;
    this.onMessage = options.onMessage;
    this.limits = { ...usual, ...options.limits };
    this.room = new StreamRoom(this.limits.bufferedInAll);
  }
}

// One direction of a WebSocket as its frames and its messages both see it: whose it is, how far it was read, which packets carry
// it, and where it is told what is odd about it.
import { OUTCOME, type Outcome } from '../outcome.ts';
import { FrameSpans } from '../stream/stream-spans.ts';
import type { TcpDirection } from '../tcp/tcp-consumer.ts';
import type { WebSocketStore } from './web-socket-store.ts';

export class WebSocketSide {
  /** Of the octet that is looked at next, counted from the first of the stream, gaps included. */
  offset = 0;
  /** Octets behind those of the newest packet were not captured. */
  cutBySnapLength = false;
  readonly spans: FrameSpans;
  readonly direction: TcpDirection;
  readonly store: WebSocketStore;

  constructor(direction: TcpDirection, store: WebSocketStore) {
    this.direction = direction;
    this.store = store;
    this.spans = new FrameSpans(store.ledger);
  }

  /** Nothing shows yet that this is SIP. */
  get isUndecided(): boolean {
    return !this.direction.conversation.sip;
  }

  /** What octets become that are of no use without those that are missing here. */
  get lostAs(): Outcome {
    if (this.isUndecided) return OUTCOME['not-sip'];
    return OUTCOME[this.cutBySnapLength ? 'truncated' : 'tcp-gap'];
  }

  /** Says what is odd about the octets from `start` up to here. */
  tell(what: WebSocketOddity, start: number): void {
    const frames = this.spans.framesOf(start, this.offset);
    this.store.onDiagnostic({ code: what.code, severity: 'warning', message: what.message, frames });
  }
}

export interface WebSocketOddity {
  readonly code: string;
  readonly message: string;
}

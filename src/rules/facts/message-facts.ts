// One message as the rules see it: the parsed message with its place in a transaction, a dialog and a leg.
import { millisecondsBetween } from '../../capture/timestamp.ts';
import type { CallEvent } from '../../dialog/call.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { MethodId } from '../../sip/method.ts';
import type { LegFacts } from './leg-facts.ts';
import { SdpFacts } from './sdp-facts.ts';
import type { TransactionFacts } from './transaction-facts.ts';

export class MessageFacts {
  readonly event: CallEvent;
  readonly sip: SipMessage;
  readonly leg: LegFacts;
  /** Index into `leg.messages`. */
  readonly place: number;
  /** Undefined where the correlator could place it in none (a duplicate of something not seen). */
  transaction: TransactionFacts | undefined = undefined;

  private sdpFacts: SdpFacts | null | undefined = undefined;

  constructor(event: CallEvent, leg: LegFacts, place: number) {
    this.event = event;
    this.sip = event.message;
    this.leg = leg;
    this.place = place;
  }

  get frame(): number {
    return this.sip.frame;
  }

  get isRequest(): boolean {
    return this.sip.isRequest;
  }

  /** Of a response the method in its CSeq. As spelled. */
  get method(): string {
    return this.sip.isRequest ? this.sip.method : this.sip.cseqMethod;
  }

  /** Of METHOD; of a response that in its CSeq. Asked first: it makes no string. */
  get methodId(): MethodId {
    return this.sip.isRequest ? this.sip.methodId : this.sip.cseqMethodId;
  }

  /** 0 for requests. */
  get status(): number {
    return this.sip.status;
  }

  /** Sent again, or captured twice: judged once (guards G3, G4). */
  get repeated(): boolean {
    return this.event.retransmissionOf > 0 || this.event.duplicateOf > 0;
  }

  /** The capture cut it short (guard G8). */
  get truncated(): boolean {
    return this.sip.truncated;
  }

  /** The body is as long as Content-Length says, but for line ends after it: else what it holds is a guess. */
  get bodyWhole(): boolean {
    const { contentLength, bodyStart, bodyEnd, limit } = this.sip;
    if (this.sip.truncated || contentLength === UNREADABLE) return false;
    return contentLength <= bodyEnd - bodyStart && limit - bodyEnd <= 4;
  }

  /** Its first session description, also one within a multipart body; undefined when it has none, or it was cut short. */
  get sdp(): SdpFacts | undefined {
    if (this.sdpFacts === undefined) {
      const body = this.sip.truncated ? undefined : this.sip.sdpBody();
      this.sdpFacts = body === undefined ? null : new SdpFacts(this, body.start, body.end);
    }
    return this.sdpFacts ?? undefined;
  }

  /** Milliseconds from this message to another, negative when that was earlier. */
  millisecondsTo(other: MessageFacts): number {
    return millisecondsBetween(this.sip, other.sip);
  }
}

/** Content-Length that is no number, or two of them that differ. */
const UNREADABLE = -2;

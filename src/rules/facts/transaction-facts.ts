// One transaction at one hop (RFC 3261 §17): a request, its responses, and what belongs to it.
import type { MethodId } from '../../sip/method.ts';
import type { LegFacts } from './leg-facts.ts';
import type { MessageFacts } from './message-facts.ts';
import type { ReliableResponse } from './reliable-response.ts';

export class TransactionFacts {
  readonly leg: LegFacts;
  /** Its number within the call. */
  readonly index: number;
  /** Everything, retransmissions included, in capture order. */
  readonly messages: MessageFacts[] = [];
  /** The request as first seen; undefined when the capture has only responses. */
  request: MessageFacts | undefined = undefined;
  /** Responses without retransmissions, in capture order. */
  readonly responses: MessageFacts[] = [];
  /** ACKs for it: to a failure within it, to a 2xx a request of its own (RFC 3261 §17.1.1.3, §13.2.2.4). */
  readonly acks: MessageFacts[] = [];
  /** For an INVITE: the CANCEL's transaction. */
  cancelledBy: TransactionFacts | undefined = undefined;
  /** For a CANCEL: what it cancels. */
  cancels: TransactionFacts | undefined = undefined;
  /** The same request one hop earlier, and one hop later. */
  upstream: TransactionFacts | undefined = undefined;
  readonly downstream: TransactionFacts[] = [];
  /** Of an INVITE, once reliableResponses() was asked. */
  reliable: readonly ReliableResponse[] | undefined = undefined;

  constructor(leg: LegFacts, index: number) {
    this.leg = leg;
    this.index = index;
  }

  /** `INVITE`, as spelled. */
  get method(): string {
    return (this.request ?? this.messages[0])!.method;
  }

  /** Of METHOD. Asked first: it makes no string. */
  get methodId(): MethodId {
    return (this.request ?? this.messages[0])!.methodId;
  }

  get cseq(): number {
    return (this.request ?? this.messages[0])!.sip.cseqNumber;
  }

  /** The first final response. */
  get final(): MessageFacts | undefined {
    const { responses } = this;
    for (let at = 0; at < responses.length; at++) if (responses[at]!.status >= 200) return responses[at];
    return undefined;
  }

  get success(): MessageFacts | undefined {
    const { responses } = this;
    for (let at = 0; at < responses.length; at++) {
      const { status } = responses[at]!;
      if (status >= 200 && status < 300) return responses[at];
    }
    return undefined;
  }

  get provisionals(): readonly MessageFacts[] {
    return this.responses.filter(({ status }) => status < 200);
  }

  /** Its request has no To tag: it begins a dialog or stands alone. */
  get initial(): boolean {
    return this.request !== undefined && this.request.sip.toTagStart < 0;
  }

  /** INVITE, SUBSCRIBE or REFER outside a dialog (rules.md §0). */
  get createsDialog(): boolean {
    return this.initial && DIALOG_MAKERS.has(this.method);
  }

  /** Times the request was sent again. */
  get retransmissions(): number {
    return this.messages.filter(({ isRequest, event, method }) => {
      return isRequest && event.retransmissionOf > 0 && method !== 'ACK';
    }).length;
  }
}

const DIALOG_MAKERS: ReadonlySet<string> = new Set(['INVITE', 'SUBSCRIBE', 'REFER']);

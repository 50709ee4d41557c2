// How many lines of media each party of a private call has: where one side's were collapsed the two differ, and each offer and
// answer has to have those of the side that it goes to (RFC 3264 §6, §8; rules.md SBC-46).
import type { SipMessage } from '../../sip/message.ts';
import { METHOD } from '../../sip/method.ts';
import type { SideName } from '../dialog/side-name.ts';
import { keepSlots, lineCount, withoutSlots } from '../sdp/collapsed-lines.ts';
import { sessionBody } from '../sdp/session-body.ts';

export class NegotiatedLines {
  /** The last description that the party wrote or got. */
  readonly known: Record<SideName, Buffer | null> = { caller: null, callee: null };
  /** The offer in its last request of that method; null: it had none. */
  private readonly offers: Record<SideName, Map<number, Buffer | null> | null> = {
    caller: null,
    callee: null,
  };

  /** Its offer in the last 2xx to an INVITE without one. */
  private readonly late: Record<SideName, Buffer | null> = { caller: null, callee: null };

  /** What another knows so far. */
  takeOver({ known, late, offers }: NegotiatedLines): void {
    for (const side of ['caller', 'callee'] as const) {
      this.known[side] = known[side];
      this.late[side] = late[side];
      const made = offers[side];
      this.offers[side] = made === null ? null : new Map(made);
    }
  }

  /** A message that may bring an offer, with or without one. */
  note(message: SipMessage, from: SideName): void {
    if (!message.isRequest || !MAY_OFFER.has(message.methodId)) return;
    this.offers[from] ??= new Map();
    this.offers[from].set(message.methodId, sessionBody(message) ?? null);
  }

  /** `going`: what `received` became; it comes back with the lines that the other side must get. */
  fit(message: SipMessage, from: SideName, received: Buffer, going: Buffer): Buffer {
    const to = from === 'caller' ? 'callee' : 'caller';
    const offer = this.answers(message, to);
    if (offer === null && !message.isRequest && message.status >= 200) this.late[from] = received;
    let fitted = going;
    if (offer !== null) fitted = withoutSlots(offer, keepSlots(offer, going));
    else if (this.known[to] !== null) fitted = keepSlots(this.known[to], going);
    this.remember(from, received);
    this.remember(to, fitted);
    return fitted;
  }

  /** RFC 3264 §8: lines never become fewer; an ACK that comes again may be older than what is known. */
  private remember(party: SideName, description: Buffer): void {
    const known = this.known[party];
    if (known === null || lineCount(known) <= lineCount(description)) this.known[party] = description;
  }

  /** The offer that the description in this message answers; null: it is one. */
  private answers(message: SipMessage, to: SideName): Buffer | null {
    // RFC 3261 §13.2.1: an offer in the 2xx to an INVITE without one is answered in the ACK.
    if (message.isRequest) return message.methodId === METHOD.ACK ? (this.late[to] ?? this.known[to]) : null;
    return this.offers[to]?.get(message.cseqMethodId) ?? null;
  }
}

const MAY_OFFER: ReadonlySet<number> = new Set([METHOD.INVITE, METHOD.UPDATE, METHOD.PRACK]);

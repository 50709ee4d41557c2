// RFC 3311 §5.2: an UPDATE with an offer is refused while another offer is open: 491 where the server made that offer, 500
// with Retry-After where the client did.

import { countWhile } from '../../capture/count-while.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence, startLineEvidence } from '../evidence.ts';
import type { DialogFacts } from '../facts/dialog-facts.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { type Exchange, offerAnswerOf, sessionDescriptionOf } from '../facts/offer-answer.ts';
import { acknowledgedBy, reliableResponses } from '../facts/reliable-response.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/update-offer-pending',
    severity: 'error',
    scope: 'dialog',
    tier: 2,
    since: '0.2.0',
    summary: 'An UPDATE with an offer is refused while another offer of the dialog has no answer.',
    why: 'Two open offers at once leave each side with another session: one-way audio after an early change.',
    exceptions: [
      'UPDATE without a session description: a refresh of the session or of the target.',
      'The answer is seen before the response to the UPDATE: the two may have crossed.',
      'Refusals for another reason.',
    ],
    fix: 'Answer 491 while your own offer is open, 500 with Retry-After of 0 to 10 seconds while the peer waits for your answer.',
    sources: [{ document: 'RFC 3311', section: '5.2', says: '491, or 500 with Retry-After' }],
    messages: {
      'not-491': 'UPDATE with an offer was answered {status} while an offer of its receiver was open',
      'not-500': 'UPDATE with an offer was answered {status} while an earlier offer of its sender was open',
      'no-retry-after': '500 to an UPDATE with an offer has no Retry-After',
    },
  },
  create: ({ report }) => ({
    dialog(dialog) {
      let offers: Offers | undefined;
      let lacks: boolean | undefined;
      for (const { methodId, request, final } of dialog.transactions) {
        if (methodId !== METHOD.UPDATE || request === undefined || final === undefined) continue;
        if (sessionDescriptionOf(request) === undefined) continue;
        const { status } = final;
        if (status >= 300 && status !== 500) continue;
        offers ??= new Offers(offerAnswerOf(dialog).exchanges);
        const open = offers.openAt(final, request);
        if (open === undefined) continue;
        lacks ??= lacksReliable(dialog);
        if (lacks) continue;
        const sameSide = open.byCaller === dialog.fromCaller(request);
        const at = [final, request, open.offer.message];
        if (status < 300) {
          const evidence = at.map(startLineEvidence);
          report({ message: sameSide ? 'not-500' : 'not-491', data: { status }, at, evidence });
        } else if (sameSide && final.sip.find(HEADER['Retry-After']) < 0) {
          const evidence = headerEvidence(final, HEADER['Retry-After'], 'Retry-After');
          report({ message: 'no-retry-after', at, severity: 'warning', evidence });
        }
      }
    },
  }),
});

/** Those of a dialog, which may have thousands: as a rule all but the last are closed. */
class Offers {
  private readonly exchanges: readonly Exchange[];
  /** Of each the milliseconds, from the first on, after which it and all before it are closed. */
  private readonly closed: readonly number[];

  constructor(exchanges: readonly Exchange[]) {
    this.exchanges = exchanges;
    let last = Number.NEGATIVE_INFINITY;
    this.closed = exchanges.map(({ closedBy }) => {
      last = Math.max(last, closedBy === undefined ? Number.POSITIVE_INFINITY : this.since(closedBy));
      return last;
    });
  }

  /** The first that another request made no later than this one, and that is still open when this one is answered. */
  openAt(final: MessageFacts, request: MessageFacts): Exchange | undefined {
    const { exchanges } = this;
    const first = exchanges.length === 0 ? 0 : countWhile(this.closed, (time) => time <= this.since(final));
    for (let at = first; at < exchanges.length; at++) {
      const { offer, closedBy } = exchanges[at]!;
      const { message } = offer;
      if (message === request || message.transaction?.request === request) continue;
      if (message.millisecondsTo(request) < 0) continue;
      if (closedBy === undefined || closedBy.millisecondsTo(final) < 0) return exchanges[at];
    }
    return undefined;
  }

  private since(message: MessageFacts): number {
    return this.exchanges[0]!.offer.message.millisecondsTo(message);
  }
}

/** A PRACK for a response that the capture lacks, which may have brought the answer. */
function lacksReliable({ created, messages }: DialogFacts): boolean {
  const reliable = created === undefined ? [] : reliableResponses(created);
  return messages.some((one) => {
    return one.isRequest && one.methodId === METHOD.PRACK && acknowledgedBy(one, reliable) === undefined;
  });
}

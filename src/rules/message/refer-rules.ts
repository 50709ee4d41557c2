// RFC 3515 §2.4.1, §2.4.2, §2.4.4, §2.4.5: a REFER has one target; who accepts it tells how it goes.

import { parseEvent } from '../../sip/header/event.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { splitOutside } from '../../sip/text/delimited.ts';
import { headerEvidence, startLineEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule } from '../rule.ts';
import { isEndToEnd } from './end-to-end.ts';

export default defineRule({
  meta: {
    id: 'message/refer-rules',
    severity: 'error',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary:
      'A REFER has exactly one Refer-To, else it is answered with 400; who accepts it tells of it by NOTIFY.',
    why: 'Transfers hang: the one who transfers never learns whether it worked, and keeps the old call or loses it.',
    exceptions: [
      'No subscription wanted: Refer-Sub: false, or the option tags norefersub, nosub and explicitsub.',
      'Accepted with 200 as well as with 202.',
      'A NOTIFY that may have taken another way than the REFER.',
      'The capture ends within 32 seconds of the 2xx.',
    ],
    fix: 'Have the sender write one Refer-To; have the receiver send NOTIFY with Event: refer and a message/sipfrag body.',
    sources: [
      { document: 'RFC 3515', section: '2.4.1', says: 'exactly one Refer-To' },
      { document: 'RFC 3515', section: '2.4.2', says: '400 for none or several' },
      { document: 'RFC 3515', section: '2.4.4', says: 'NOTIFY with Event: refer' },
      { document: 'RFC 3515', section: '2.4.5', says: 'its body is message/sipfrag' },
    ],
    messages: {
      'no-target': 'REFER has no Refer-To',
      'several-targets': 'REFER has several Refer-To values',
      'not-refused': '{status} accepts a REFER without exactly one Refer-To',
      'no-notify': 'No NOTIFY follows the {status} to REFER',
      'not-sipfrag': 'NOTIFY of a REFER brings {type} instead of message/sipfrag',
    },
  },
  create({ report, policy }) {
    const due = 64 * policy.thresholds.t1Ms;
    return {
      transaction(transaction) {
        const { request } = transaction;
        if (request === undefined) return;
        if (request.sip.methodId === METHOD.REFER) judgeRefer(transaction, request);
        else if (request.sip.methodId === METHOD.NOTIFY) judgeNotify(request);
      },
    };

    function judgeRefer(transaction: TransactionFacts, request: MessageFacts): void {
      const { success } = transaction;
      const count = targets(request);
      if (count !== 1 && !request.truncated && request.sip.headersComplete) {
        const evidence = headerEvidence(request, HEADER['Refer-To'], 'Refer-To');
        report({ message: count === 0 ? 'no-target' : 'several-targets', at: request, evidence });
        if (success === undefined) return;
        const at = [success, request];
        report({
          message: 'not-refused',
          data: { status: success.status },
          at,
          evidence: [startLineEvidence(success)],
        });
        return;
      }
      if (success === undefined || isSilent(request) || isSilent(success)) return;
      const { call } = transaction.leg;
      if (!call.covers(success, due) || !isEndToEnd(transaction)) return;
      const told = call.transactions.some(
        ({ request: notify }) =>
          notify !== undefined &&
          notify.sip.methodId === METHOD.NOTIFY &&
          notify.sip.toTag === request.sip.fromTag &&
          parseEvent(notify.sip.value(HEADER.Event) ?? '').package === 'refer' &&
          request.millisecondsTo(notify) >= 0,
      );
      if (told) return;
      const evidence = headerEvidence(request, HEADER['Refer-To'], 'Refer-To');
      report({ message: 'no-notify', data: { status: success.status }, at: [success, request], evidence });
    }

    function judgeNotify(request: MessageFacts): void {
      const { sip } = request;
      if (request.truncated || parseEvent(sip.value(HEADER.Event) ?? '').package !== 'refer') return;
      const name =
        sip.bodyStart === sip.bodyEnd ? 'no body' : (sip.contentType?.name ?? 'a body without type');
      if (name === 'message/sipfrag' || name.startsWith('multipart/')) return;
      const evidence = headerEvidence(request, HEADER['Content-Type'], 'Content-Type');
      report({ message: 'not-sipfrag', data: { type: name }, at: request, evidence });
    }
  },
});

function targets({ sip }: MessageFacts): number {
  return sip.values(HEADER['Refer-To']).flatMap((value) => splitOutside(value, ',')).length;
}

/** RFC 4488 §4, RFC 7614 §4: no subscription, or one that has to be asked for. */
function isSilent({ sip }: MessageFacts): boolean {
  if (/^false\b/i.test(sip.value(HEADER['Refer-Sub']) ?? '')) return true;
  return sip.values(HEADER.Require).some((tag) => /^(?:norefersub|nosub|explicitsub)$/i.test(tag));
}

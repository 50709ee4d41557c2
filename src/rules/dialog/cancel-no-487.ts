// RFC 3261 §9.2: a CANCEL that matches is answered 200, and its INVITE 487; one that matches nothing is answered 481.

import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence, startLineEvidence } from '../evidence.ts';
import { isAnsweredElsewhere } from '../facts/answered-elsewhere.ts';
import { hasMagicCookie } from '../facts/magic-cookie.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/cancel-no-487',
    severity: 'error',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary: 'A CANCEL is answered 200 (or 481), and the INVITE it cancels gets a final response of its own.',
    why: 'The caller keeps the cancelled call until timers run out, and shows it as failed.',
    exceptions: [
      'The INVITE was answered otherwise before the CANCEL came: 2xx, 486, 408, 603.',
      'The capture ends before the INVITE had 64*T1 to be answered.',
      'A CANCEL without the magic cookie of RFC 3261, which is matched by other rules.',
    ],
    fix: 'Answer the CANCEL with 200 and its own CSeq, then the INVITE with 487 and the CSeq of the INVITE.',
    sources: [
      {
        document: 'RFC 3261',
        section: '9.2',
        says: '200 for the CANCEL, 487 for the INVITE, 481 for no match',
      },
      { document: 'RFC 3261', section: '9.1', says: 'after 64*T1 the client gives the INVITE up' },
    ],
    messages: {
      'no-final': 'INVITE was cancelled and got no final response',
      '487-to-cancel': '487 answers the CANCEL; it belongs to the INVITE',
      answer: 'CANCEL was answered {status}',
      unmatched: 'CANCEL that matches no request was answered {status}',
    },
  },
  create: ({ report, policy }) => ({
    transaction(cancel) {
      if (cancel.methodId !== METHOD.CANCEL) return;
      const { request, final, cancels, leg } = cancel;
      if (final === undefined) return;
      const { status } = final;
      const at = request === undefined ? [final] : [final, request];
      const evidence = [startLineEvidence(final), ...headerEvidence(final, HEADER.CSeq, 'CSeq')];
      if (status === 487) {
        report({ message: '487-to-cancel', at, evidence });
        return;
      }
      // §9.2: nothing but a match or its absence decides the answer; credentials cannot be asked for. 408 is told by
      // dialog/provisional-to-non-invite.
      if (status >= 300 && status !== 481 && status !== 408)
        report({ message: 'answer', data: { status }, at, evidence });
      if (request === undefined || status >= 300) return;
      if (cancels === undefined) {
        if (leg.partial || !hasMagicCookie(request)) return;
        report({ message: 'unmatched', data: { status }, at, severity: 'warning', evidence });
        return;
      }
      const invite = cancels.request;
      if (cancels.methodId !== METHOD.INVITE || invite === undefined || cancels.final !== undefined) return;
      if (cancels.acks.length > 0) return;
      if (leg.call.covers(final, 64 * policy.thresholds.t1Ms) && !isAnsweredElsewhere(cancels))
        report({ message: 'no-final', at: [invite, request, final] });
    },
  }),
});

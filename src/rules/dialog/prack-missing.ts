// RFC 3262 §4: the caller acknowledges every reliable provisional response with a PRACK, in order; §3: until then the callee
// sends it again.

import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { factEvidence, headerEvidence, startLineEvidence } from '../evidence.ts';
import { callerPassesHere } from '../facts/hop-path.ts';
import { hasAnswerToPrack, pracksTo, reliableResponses } from '../facts/reliable-response.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/prack-missing',
    severity: 'error',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary: 'A reliable provisional response is acknowledged with a PRACK.',
    why: 'The callee repeats the response, may refuse the call after 32 seconds, and must not answer it before.',
    exceptions: [
      'The final response comes within T1 of it, or the capture ends before 64*T1.',
      'A failure ends the call first.',
      'Its RSeq does not follow the one before: then it must not be acknowledged.',
      'The PRACK takes another way: no Record-Route leads by this hop, and the response is not repeated.',
    ],
    fix: 'Send a PRACK with RAck, inside the early dialog, for every 1xx with Require: 100rel.',
    sources: [
      { document: 'RFC 3262', section: '4', says: 'the caller sends a PRACK' },
      {
        document: 'RFC 3262',
        section: '3',
        says: 'the callee repeats the response, and refuses after 64*T1',
      },
    ],
    messages: { missing: 'reliable {status} to INVITE has no PRACK' },
  },
  create: ({ report, policy }) => ({
    transaction(invite) {
      if (invite.methodId !== METHOD.INVITE || invite.request === undefined) return;
      const { thresholds } = policy;
      const last = new Map<string, number>();
      const finals = invite.responses.filter(({ status }) => status >= 200);
      for (const response of reliableResponses(invite)) {
        const { message, tag, rseq, copies } = response;
        const before = last.get(tag);
        // §4: what is out of order is not acknowledged.
        if (before !== undefined && rseq !== before + 1) continue;
        last.set(tag, rseq);
        const final = finals.find(({ status, sip }) => status >= 300 || sip.toTag === tag);
        const ended = final === undefined ? Number.POSITIVE_INFINITY : message.millisecondsTo(final);
        const patience = 64 * thresholds.t1Ms;
        if (final !== undefined && ended < patience) {
          // A failure within that time leaves nothing to acknowledge; nor does a 2xx that comes at once.
          if (final.status >= 300 || ended <= thresholds.t1Ms) continue;
        } else if (!message.leg.call.covers(message, patience)) continue;
        if (pracksTo(response).length > 0 || hasAnswerToPrack(message)) continue;
        if (copies.length === 0 && !callerPassesHere(message)) continue;
        const evidence = [
          startLineEvidence(message),
          ...headerEvidence(message, HEADER.RSeq, 'RSeq'),
          factEvidence(message.frame, 'packet', 'sent again', `${copies.length} times`),
        ];
        const frames = copies.map(({ frame }) => frame);
        report({ message: 'missing', data: { status: message.status }, at: message, frames, evidence });
      }
    },
  }),
});

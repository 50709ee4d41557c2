// RFC 3262 §3: no 2xx while a reliable provisional response with a session description waits for its PRACK.
import { METHOD } from '../../sip/method.ts';
import { startLineEvidence } from '../evidence.ts';
import { callerPassesHere } from '../facts/hop-path.ts';
import { hasAnswerToPrack, pracksTo, reliableResponses } from '../facts/reliable-response.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/2xx-before-prack',
    severity: 'error',
    scope: 'transaction',
    tier: 2,
    since: '0.2.0',
    summary:
      'An INVITE is not answered 2xx while a reliable 1xx with a session description is unacknowledged.',
    why: 'The caller may never have seen the answer in the 1xx, so the two sides talk past each other.',
    exceptions: [
      'The 1xx carries no session description.',
      'The PRACK is seen a few milliseconds after the 2xx: the capture may have swapped them.',
      'The PRACK takes another way, past this hop.',
      'Another dialog of a fork is answered.',
    ],
    fix: 'Hold the 2xx back until the PRACK for the 1xx with the answer has come.',
    sources: [{ document: 'RFC 3262', section: '3', says: 'no 2xx before the PRACK' }],
    messages: { early: '{status} to INVITE before the PRACK for its reliable {provisional}' },
  },
  create: ({ report }) => ({
    transaction(invite) {
      if (invite.methodId !== METHOD.INVITE || invite.success === undefined) return;
      const successes = invite.responses.filter(({ status }) => status >= 200 && status < 300);
      for (const response of reliableResponses(invite)) {
        const { message, tag } = response;
        const success = successes.find(({ sip }) => sip.toTag === tag);
        if (success === undefined || message.millisecondsTo(success) < 0) continue;
        if (message.sdp === undefined) continue;
        const pracks = pracksTo(response);
        if (pracks.some((prack) => prack.millisecondsTo(success) >= -SWAPPED)) continue;
        if (pracks.length === 0 && (hasAnswerToPrack(message) || !callerPassesHere(message))) continue;
        const at = [success, message, ...pracks];
        const data = { status: success.status, provisional: message.status };
        report({ message: 'early', data, at, evidence: at.map(startLineEvidence) });
      }
    },
  }),
});

/** Milliseconds by which a capture of two interfaces may put messages in the wrong order. */
const SWAPPED = 5;

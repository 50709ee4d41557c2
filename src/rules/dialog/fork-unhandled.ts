// RFC 3261 §13.2.2.4: an INVITE that forked may be answered 2xx more than once; each is a dialog, is acknowledged, and ended
// with BYE unless it is wanted.
import { METHOD } from '../../sip/method.ts';
import { startLineEvidence } from '../evidence.ts';
import { callerPassesHere, isAcknowledged } from '../facts/hop-path.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/fork-unhandled',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    summary: 'Of several 2xx to one INVITE each is acknowledged, and all dialogs but one are ended with BYE.',
    why: 'Two phones are picked up: the one that is not wanted hears silence until its timers run out.',
    exceptions: [
      'The capture ends within 64*T1 of the last 2xx.',
      'ACK and BYE take another way, past this hop.',
      'A box that keeps forks to itself shows one answer to the caller: each hop is judged by itself.',
    ],
    fix: 'Acknowledge every 2xx with its own To tag, keep one dialog, and send BYE in the others.',
    sources: [
      {
        document: 'RFC 3261',
        section: '13.2.2.4',
        says: 'ACK to each 2xx, BYE in a dialog that is not wanted',
      },
      { document: 'RFC 3261', section: '16.7', says: 'a proxy passes every 2xx on' },
    ],
    messages: {
      forked: 'INVITE rings in several places: provisional responses with {count} To tags',
      'no-ack': '2xx with the To tag {tag} was not acknowledged, one of {count} answers to an INVITE',
      'no-bye': '{count} answers to one INVITE were acknowledged and none of their dialogs was ended',
    },
  },
  create: ({ report, policy }) => ({
    transaction(invite) {
      if (invite.methodId !== METHOD.INVITE || invite.responses.length < 2) return;
      const { request, responses, leg, acks } = invite;
      if (request === undefined) return;
      const ringing = byTag(responses.filter(({ status }) => status > 100 && status < 200));
      // Told once, at the hop of the caller.
      if (ringing.length > 1 && invite.upstream === undefined) {
        const evidence = ringing.map(startLineEvidence);
        const data = { count: ringing.length };
        report({ message: 'forked', data, at: [request, ...ringing], severity: 'info', evidence });
      }
      const answers = byTag(responses.filter(({ status }) => status >= 200 && status < 300));
      const count = answers.length;
      if (count < 2) return;
      const patience = 64 * policy.thresholds.t1Ms;
      if (!answers.every((answer) => leg.call.covers(answer, patience))) return;
      const here = answers.filter(callerPassesHere);
      for (const answer of here) {
        const { toTag } = answer.sip;
        if (acks.some(({ sip }) => sip.toTag === toTag) || isAcknowledged(answer)) continue;
        const evidence = [startLineEvidence(answer)];
        report({ message: 'no-ack', data: { tag: toTag, count }, at: [answer, request], evidence });
      }
      if (here.length < count) return;
      const ended = answers.filter((answer) => isEnded(answer));
      if (ended.length > 0 || !answers.every(isAcknowledged)) return;
      report({
        message: 'no-bye',
        data: { count },
        at: [request, ...answers],
        evidence: answers.map(startLineEvidence),
      });
    },
  }),
});

/** The first of each To tag. */
function byTag(responses: readonly MessageFacts[]): MessageFacts[] {
  const first = new Map<string, MessageFacts>();
  for (const response of responses) {
    const { toTag } = response.sip;
    if (toTag !== '' && !first.has(toTag)) first.set(toTag, response);
  }
  return [...first.values()];
}

/** By either side, at any hop. */
function isEnded({ sip, leg }: MessageFacts): boolean {
  return leg.call.legs.some(({ messages }) =>
    messages.some((one) => {
      return one.methodId === METHOD.BYE && (one.sip.toTag === sip.toTag || one.sip.fromTag === sip.toTag);
    }),
  );
}

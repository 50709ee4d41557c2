// RFC 3261 §13.2.2.4, §17.1.1.2: every final response to an INVITE is acknowledged; a failure by each hop, a 2xx end to end.
import { METHOD } from '../../sip/method.ts';
import { startLineEvidence } from '../evidence.ts';
import { callerIsToldHere, callerPassesHere, isAcknowledged } from '../facts/hop-path.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { strayAckTo } from '../facts/stray-ack.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/ack-missing',
    severity: 'error',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary: 'Every final response to an INVITE is acknowledged.',
    why: 'A callee whose 2xx is never acknowledged sends it again and then hangs up, about half a minute into the call.',
    exceptions: [
      'The capture ends within 64*T1, unless the 2xx was already sent four times.',
      'The ACK to a 2xx takes another way: no Record-Route leads by this hop, and the 2xx is not repeated.',
      'An ACK is there but malformed: dialog/ack-malformed says so.',
      'It comes 64*T1 after the CANCEL: then the caller has given the INVITE up (RFC 3261 §9.1).',
      'It is the first response, 64*T1 after the INVITE: timer B has fired (RFC 3261 §17.1.1.2).',
      'Several 2xx of a fork: dialog/fork-unhandled judges those.',
    ],
    fix: 'Look where the ACK goes: to the Contact of the 2xx through its Record-Route; that address must be reachable for the caller.',
    sources: [
      { document: 'RFC 3261', section: '13.2.2.4', says: 'an ACK for each 2xx' },
      { document: 'RFC 3261', section: '17.1.1.2', says: 'the client transaction acknowledges 300 to 699' },
      { document: 'RFC 3261', section: '13.3.1.4', says: 'a 2xx is repeated until the ACK comes' },
    ],
    messages: {
      success: '{status} to INVITE was never acknowledged',
      failure: 'the failure {status} of INVITE was never acknowledged',
    },
  },
  create: ({ report, policy }) => ({
    transaction(invite) {
      if (invite.methodId !== METHOD.INVITE || invite.acks.length > 0) return;
      const { request, leg } = invite;
      const answer = invite.success ?? invite.final;
      if (request === undefined || answer === undefined) return;
      const patience = 64 * policy.thresholds.t1Ms;
      const copies = copiesOf(invite, answer);
      const settled = leg.call.covers(answer, patience);
      const isSuccess = answer.status < 300;
      const cancel = invite.cancelledBy?.request;
      // The caller counts from when it sent the CANCEL, which the capture shows some way later.
      if (
        !isSuccess &&
        cancel !== undefined &&
        cancel.millisecondsTo(answer) > patience - policy.thresholds.t1Ms
      )
        return;
      // Timer B: who heard nothing for so long has given the INVITE up as well.
      const heard = request.millisecondsTo(invite.responses[0] ?? answer);
      if (!isSuccess && heard > patience - policy.thresholds.t1Ms) return;
      if (!settled && !(isSuccess && copies >= 3)) return;
      if (isSuccess) {
        if (
          invite.responses.some(
            ({ status, sip }) => status >= 200 && status < 300 && sip.toTag !== answer.sip.toTag,
          )
        )
          return;
        // The callee shows by repeating the 2xx that it got none; without that the way of the ACK must be certain.
        if (copies === 0 ? !callerIsToldHere(answer) : !callerPassesHere(answer) && isAcknowledged(answer))
          return;
      }
      if (strayAckTo(invite) !== undefined) return;
      const evidence = [startLineEvidence(answer), startLineEvidence(request)];
      const data = { status: answer.status };
      const repeats = isSuccess || answer.sip.transport === 'udp';
      const confidence = repeats && copies === 0 ? UNREPEATED : 1;
      report({
        message: isSuccess ? 'success' : 'failure',
        data,
        confidence,
        at: [answer, request],
        evidence,
      });
    },
  }),
});

/** Times it was sent again. */
function copiesOf({ messages }: TransactionFacts, { frame }: MessageFacts): number {
  return messages.filter(({ event }) => event.retransmissionOf === frame).length;
}

/** A callee that repeats nothing may have got an ACK that the capture lacks. */
const UNREPEATED = 0.7;

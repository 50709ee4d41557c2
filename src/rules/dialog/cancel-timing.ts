// RFC 3261 §9.1: a CANCEL waits for the first provisional response, is of no use after the final one, and is for INVITE only.
import { METHOD } from '../../sip/method.ts';
import { factEvidence, startLineEvidence } from '../evidence.ts';
import { isAnsweredElsewhere } from '../facts/answered-elsewhere.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/cancel-timing',
    severity: 'warning',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary: 'A CANCEL is sent between the first provisional and the final response to an INVITE.',
    why: 'A CANCEL that overtakes its INVITE finds nothing to cancel, and the call rings on.',
    exceptions: [
      'The final response and the CANCEL cross on the way: less than T1 between them.',
      'The capture shows no responses of this hop at all.',
    ],
    fix: 'Keep the wish to cancel until a provisional response is there; after a final response send ACK and BYE instead.',
    sources: [
      { document: 'RFC 3261', section: '9.1', says: 'no CANCEL before a provisional response' },
      {
        document: 'RFC 6665',
        section: '4.6',
        says: 'SUBSCRIBE and NOTIFY are not to be cancelled',
      },
    ],
    messages: {
      'too-early': 'CANCEL before any response to its INVITE',
      'too-late': 'CANCEL after the INVITE was answered {status}',
      'not-invite': 'CANCEL of {method}',
    },
  },
  create: ({ report, notChecked, policy }) => ({
    transaction(cancel) {
      if (cancel.methodId !== METHOD.CANCEL) return;
      const { request, cancels, leg } = cancel;
      const target = cancels?.request;
      if (request === undefined || cancels === undefined || target === undefined) return;
      if (cancels.methodId !== METHOD.INVITE) {
        report({ message: 'not-invite', data: { method: target.method }, at: [request, target] });
        return;
      }
      const first = cancels.messages.find(({ isRequest }) => !isRequest);
      if (first === undefined || first.millisecondsTo(request) < 0) {
        if (!leg.messages.some(({ isRequest }) => !isRequest) || isAnsweredElsewhere(cancels)) {
          notChecked('no responses of this hop in the capture');
          return;
        }
        const evidence = [startLineEvidence(request), since(target, request)];
        report({ message: 'too-early', at: [request, target], severity: 'error', evidence });
        return;
      }
      const { final } = cancels;
      if (final === undefined) return;
      const known = cancels.acks.some((ack) => ack.millisecondsTo(request) > 0);
      // The final response may be on its way while the CANCEL is: T1 stands for the round trip.
      if (!known && final.millisecondsTo(request) <= policy.thresholds.t1Ms) return;
      const evidence = [startLineEvidence(request), startLineEvidence(final), since(final, request)];
      const data = { status: final.status };
      report({ message: 'too-late', data, at: [request, final], severity: 'info', evidence });
    },
  }),
});

function since(from: MessageFacts, to: MessageFacts) {
  return factEvidence(to.frame, 'time', 'after', `${from.millisecondsTo(to).toFixed(0)} ms`);
}

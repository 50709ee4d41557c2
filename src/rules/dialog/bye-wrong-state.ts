// RFC 3261 §15: the callee sends no BYE in an early dialog, nor before it has the ACK to its 2xx; the caller may send one in
// an early dialog, where CANCEL is better (RFC 5407 §3.1.3).
import { METHOD } from '../../sip/method.ts';
import { startLineEvidence } from '../evidence.ts';
import { isAnsweredElsewhere } from '../facts/answered-elsewhere.ts';
import { callerPassesHere } from '../facts/hop-path.ts';
import type { LegFacts } from '../facts/leg-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/bye-wrong-state',
    severity: 'warning',
    scope: 'dialog',
    tier: 2,
    since: '0.2.0',
    summary: 'A BYE ends a confirmed dialog; the callee waits for the ACK before it sends one.',
    why: 'The caller gets a BYE for a call that it does not yet know as answered, and may drop it.',
    exceptions: [
      'The ACK is seen before the BYE: the two may cross on the way.',
      'The 2xx had no ACK for 64*T1: then the callee has to end the call.',
      'The ACK takes another way, past this hop.',
    ],
    fix: 'The callee refuses an early call with a final response, and holds its BYE back until the ACK; the caller cancels.',
    sources: [
      { document: 'RFC 3261', section: '15', says: 'who may send BYE when' },
      { document: 'RFC 5407', section: '3.1.3', says: 'BYE in an early dialog' },
    ],
    messages: {
      'callee-early': 'BYE by the callee before it answered the INVITE',
      'before-ack': 'BYE by the callee before the ACK to its {status}',
      'caller-early': 'BYE by the caller in an early dialog, where CANCEL ends the whole attempt',
    },
  },
  create: ({ report, policy }) => ({
    dialog(dialog) {
      const { created, leg } = dialog;
      if (created?.methodId !== METHOD.INVITE || created.request === undefined) return;
      const bye = dialog.messages.find(({ isRequest, methodId }) => isRequest && methodId === METHOD.BYE);
      if (bye === undefined) return;
      const { calleeTag } = dialog;
      const final = created.responses.find(({ status, sip }) => {
        return status >= 300 || (status >= 200 && sip.toTag === calleeTag);
      });
      if (final === undefined && (isAnsweredElsewhere(created) || acknowledges(leg, calleeTag))) return;
      const evidence = [startLineEvidence(bye)];
      const early = final === undefined || final.millisecondsTo(bye) < 0;
      if (dialog.fromCaller(bye)) {
        if (!early) return;
        report({ message: 'caller-early', at: [bye, created.request], severity: 'info', evidence });
        return;
      }
      if (early) {
        report({ message: 'callee-early', at: [bye, created.request], severity: 'error', evidence });
        return;
      }
      if (final.status >= 300 || final.millisecondsTo(bye) >= 64 * policy.thresholds.t1Ms) return;
      const acks = leg.messages.filter((one) => {
        return one.isRequest && one.methodId === METHOD.ACK && one.sip.toTag === calleeTag;
      });
      if (acks.some((ack) => ack.millisecondsTo(bye) >= 0)) return;
      if (acks.length === 0 && !callerPassesHere(final)) return;
      const at = [bye, final, ...acks.slice(0, 1)];
      report({
        message: 'before-ack',
        data: { status: final.status },
        at,
        evidence: at.map(startLineEvidence),
      });
    },
  }),
});

/** An ACK shows that there was a 2xx, also where the capture lacks it. */
function acknowledges({ messages }: LegFacts, calleeTag: string): boolean {
  return messages.some(({ isRequest, methodId, sip }) => {
    return isRequest && methodId === METHOD.ACK && sip.toTag === calleeTag;
  });
}

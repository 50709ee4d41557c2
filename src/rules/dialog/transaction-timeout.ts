// RFC 3261 §17.1.1.2, §17.1.2.2: a request without a final response within 64*T1 has failed (timers B and F); §16.6 step 11:
// an INVITE that rings is given up after timer C.

import { parseDeltaSeconds } from '../../sip/header/delta-seconds.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { factEvidence, startLineEvidence } from '../evidence.ts';
import { isAnsweredElsewhere } from '../facts/answered-elsewhere.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/transaction-timeout',
    severity: 'error',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary: 'Every request but ACK gets a final response.',
    why: 'The sender waits half a minute for a box that is gone, or that does not know where to answer.',
    exceptions: [
      'The capture ends before the timer.',
      'The capture shows one direction only: over UDP the request is not sent again, or its sender goes on as if it were answered.',
      'The response took another way and was seen there.',
      'A cancelled INVITE: dialog/cancel-no-487 says so.',
    ],
    fix: 'Look whether the request arrives, whether its receiver answers to the address in the topmost Via, and what lies between.',
    sources: [
      { document: 'RFC 3261', section: '17.1.1.2', says: 'timer B' },
      { document: 'RFC 3261', section: '17.1.2.2', says: 'timer F' },
      { document: 'RFC 3261', section: '16.6', says: 'timer C, more than three minutes' },
    ],
    messages: {
      unanswered: '{method} was never answered',
      'no-final': '{method} got {status} and no final response',
    },
  },
  create: ({ report, notChecked, policy }) => {
    const patience = 64 * policy.thresholds.t1Ms;
    return {
      transaction(transaction) {
        const { request, final, methodId, leg, provisionals } = transaction;
        if (final !== undefined || request === undefined || methodId === METHOD.ACK) return;
        const { call } = leg;
        if (!call.covers(request, patience)) return;
        const last = provisionals.at(-1);
        if (methodId === METHOD.INVITE && last !== undefined) {
          const expires = parseDeltaSeconds(request.sip.value(HEADER.Expires) ?? '') ?? 0;
          if (!call.covers(last, TIMER_C) || !call.covers(request, expires * 1000)) return;
          if (transaction.cancelledBy?.success !== undefined || hasAck(transaction)) return;
        }
        if (isAnsweredElsewhere(transaction)) return;
        if (last === undefined && isOneWay(transaction, request)) {
          notChecked('only one direction in the capture');
          return;
        }
        const evidence = [
          startLineEvidence(request),
          factEvidence(request.frame, 'packet', 'sent again', `${transaction.retransmissions} times`),
        ];
        const { method } = request;
        if (last === undefined) report({ message: 'unanswered', data: { method }, at: request, evidence });
        else {
          const data = { method, status: last.status };
          report({
            message: 'no-final',
            data,
            at: [request, last],
            evidence: [...evidence, startLineEvidence(last)],
          });
        }
      },
    };
  },
});

/** An ACK shows that there was a final response, also where the capture lacks it. */
function hasAck({ leg, cseq }: TransactionFacts): boolean {
  return leg.messages.some(
    (one) => one.isRequest && one.methodId === METHOD.ACK && one.sip.cseqNumber === cseq,
  );
}

/**
 * Over UDP whoever gets no response sends again; one that does not, or that goes on as if it were answered, may have got a
 * response that the capture lacks.
 */
function isOneWay({ leg, retransmissions, methodId }: TransactionFacts, request: MessageFacts): boolean {
  const { src, transport } = request.sip;
  if (transport === 'udp' && retransmissions === 0) return true;
  return (
    methodId === METHOD.INVITE &&
    leg.messages.some((one) => one.isRequest && one.sip.toTag !== '' && one.sip.src.ip === src.ip)
  );
}

/** RFC 3261 §16.6 step 11: more than three minutes. */
const TIMER_C = 180_000;

// RFC 3261 §8.1.1.5, §20.16: CSeq is a number below 2^31 and the method of the request.
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence, startLineEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'message/cseq-format',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary:
      'CSeq is a number below 2^31 and a method: that of the request, and in a response that of what it answers.',
    why: 'A request with another method in CSeq is refused with 400; a response with one matches nothing and is dropped.',
    exceptions: ['A response that repeats what its request had: it is told at the request.'],
    fix: 'Have the sender write CSeq as <number> <method>, with a number from 0 to 2147483647.',
    sources: [
      { document: 'RFC 3261', section: '8.1.1.5', says: 'the method matches; the number is less than 2**31' },
      { document: 'RFC 3261', section: '20.16', says: 'one decimal number and the method, with case' },
    ],
    messages: {
      malformed: 'CSeq of {what} is no number and method: {value}',
      number: 'CSeq of {what} is {value}, not below 2^31',
      method: 'CSeq of {method} names {other}',
      'response-method': '{status} answers {method}, its CSeq names {other}',
    },
  },
  create({ report }) {
    return {
      message(message) {
        const { sip } = message;
        if (sip.cseqRow < 0 || message.truncated) return;
        if (sip.isRequest) judgeRequest(message);
        else if (message.transaction?.request === undefined) judgeStray(message);
      },
    };

    function judgeRequest(message: MessageFacts): void {
      const { sip } = message;
      const { cseqNumber, methodId } = sip;
      if (cseqNumber >= 0 && cseqNumber < LIMIT && methodId !== 0 && sip.cseqMethodId === methodId) return;
      judgeValue(message);
      const other = sip.cseqMethod;
      if (other === '' || other === sip.method) return;
      const evidence = [startLineEvidence(message), ...headerEvidence(message, HEADER.CSeq, 'CSeq')];
      report({ message: 'method', data: { method: sip.method, other }, at: message, evidence });
    }

    function judgeValue(message: MessageFacts): void {
      const { sip } = message;
      const value = sip.value(HEADER.CSeq) ?? '';
      const what = sip.isRequest ? sip.method : `${sip.status}`;
      const evidence = headerEvidence(message, HEADER.CSeq, 'CSeq');
      if (!/^\d+\s+\S+$/.test(value)) {
        report({ message: 'malformed', data: { what, value: value.slice(0, 24) }, at: message, evidence });
      } else if (sip.cseqNumber >= LIMIT) {
        report({
          message: 'number',
          data: { what, value: /^\d{1,40}/.exec(value)![0] },
          at: message,
          evidence,
        });
      }
    }

    /** Nothing was asked that it answers: perhaps because its CSeq is not what was asked. */
    function judgeStray(message: MessageFacts): void {
      const { sip, leg } = message;
      const asked = leg.messages.find(
        (one) =>
          one.isRequest &&
          one.sip.methodId !== METHOD.ACK &&
          sip.branchStart >= 0 &&
          one.sip.branch === sip.branch &&
          one.sip.cseqNumber === sip.cseqNumber,
      );
      if (asked === undefined) {
        judgeValue(message);
        return;
      }
      if (asked.sip.cseqMethod === sip.cseqMethod) return;
      report({
        message: 'response-method',
        data: { status: message.status, method: asked.method, other: sip.cseqMethod },
        at: [message, asked],
        evidence: [
          ...headerEvidence(message, HEADER.CSeq, 'CSeq'),
          ...headerEvidence(asked, HEADER.CSeq, 'CSeq'),
        ],
      });
    }
  },
});

/** RFC 3261 §8.1.1.5. */
const LIMIT = 2 ** 31;

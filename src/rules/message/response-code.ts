// RFC 3261 §7.2, §21, and the documents of the other codes: a status that exists, for the method it is meant for.
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD, type MethodId } from '../../sip/method.ts';
import { STATUS_NAMES, statusName } from '../../sip/status.ts';
import { headerEvidence, startLineEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'message/response-code',
    severity: 'info',
    scope: 'message',
    tier: 2,
    since: '0.2.0',
    summary:
      'A response has a registered status that fits the method it answers, and no reason phrase of another status.',
    why: 'Who receives it treats the code as the x00 of its class, or shows users a reason that is not the one.',
    exceptions: ['A reason phrase of the sender, which says more than the standard one.'],
    fix: 'Have the sender choose the code that fits; put details in Reason or Warning.',
    sources: [
      { document: 'RFC 3261', section: '7.2', says: 'six classes' },
      { document: 'RFC 3261', section: '21', says: 'the codes and when they are sent' },
      { document: 'RFC 3428', section: '7', says: '202 to MESSAGE' },
      { document: 'RFC 6665', section: '8.3.1', says: '202 beyond REFER and MESSAGE is of the past' },
    ],
    messages: {
      class: 'Status {status} is in no class',
      unregistered: 'Status {status} is not registered',
      'no-contact': '{status} to {method} says to go elsewhere, and not where',
      rare: '{status} to {method} is hardly ever understood',
      method: '{status} answers {method}, for which it is not meant',
      reason: '{status} has the reason phrase of {other}: {reason}',
    },
  },
  create({ report }) {
    return {
      message(message) {
        const { sip, status } = message;
        if (sip.isRequest || status === 200 || message.truncated) return;
        const evidence = [startLineEvidence(message)];
        if (status < 100 || status > 699) {
          report({ message: 'class', data: { status }, at: message, evidence, severity: 'error' });
          return;
        }
        const name = statusName(status);
        if (name === '') {
          report({ message: 'unregistered', data: { status }, at: message, evidence });
          return;
        }
        const { reason } = sip;
        const other = reason === name ? undefined : OTHERS.get(reason.toLowerCase());
        if (other !== undefined && Math.floor(other / 100) !== Math.floor(status / 100)) {
          report({ message: 'reason', data: { status, other, reason }, at: message, evidence });
        }
        judgeUse(message);
      },
    };

    function judgeUse(message: MessageFacts): void {
      const { sip, status, method } = message;
      const { cseqMethodId } = sip;
      const evidence = [startLineEvidence(message)];
      const data = { status, method };
      if ((status === 301 || status === 302) && sip.find(HEADER.Contact) < 0) {
        evidence.push(...headerEvidence(message, HEADER.Contact, 'Contact'));
        report({ message: 'no-contact', data, at: message, evidence, severity: 'warning' });
      } else if (status === 305 || status === 380) {
        report({ message: 'rare', data, at: message, evidence });
      }
      const meant = MEANT_FOR.get(status);
      if (meant !== undefined && cseqMethodId !== 0 && !meant.includes(cseqMethodId)) {
        report({ message: 'method', data, at: message, evidence });
      }
    }
  },
});

const { CANCEL, INVITE, MESSAGE, PUBLISH, REFER, SUBSCRIBE, UPDATE } = METHOD;

const MEANT_FOR: ReadonlyMap<number, readonly MethodId[]> = new Map([
  [202, [SUBSCRIBE, REFER, MESSAGE, PUBLISH]],
  // RFC 3261 §21.4.25; one that answers CANCEL is dialog/cancel-no-487's.
  [487, [INVITE, CANCEL]],
  // RFC 3261 §14.2, RFC 3311 §5.2.
  [491, [INVITE, UPDATE]],
]);
/** By phrase: the only code that has it. */
const OTHERS: ReadonlyMap<string, number> = new Map(
  [...STATUS_NAMES].map(([code, name]) => [name.toLowerCase(), code] as const),
);

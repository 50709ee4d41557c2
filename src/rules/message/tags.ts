// RFC 3261 §8.1.1.2, §8.1.1.3, §8.2.6.2: From always has a tag; To has one in responses but 100, and none in what begins.
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';
import { isBeforeRfc3261 } from './magic-cookie.ts';

export default defineRule({
  meta: {
    id: 'message/tags',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary:
      'From has a tag, To has one in every response but 100, and none in a request outside of a dialog.',
    why: 'Dialogs are known by their tags: without them a BYE or a re-INVITE is answered with 481.',
    exceptions: [
      'Devices older than RFC 3261, known by their branch: a warning.',
      'A request whose dialog began before the capture.',
      'CANCEL and ACK, whose To is that of the INVITE or of the response.',
      '100 Trying, which may do without.',
    ],
    fix: 'Have the client write a tag in From, the server add one to To, and clear the To tag before a new call.',
    sources: [
      { document: 'RFC 3261', section: '8.1.1.3', says: 'From has a tag' },
      { document: 'RFC 3261', section: '8.1.1.2', says: 'outside of a dialog To has none' },
      { document: 'RFC 3261', section: '8.2.6.2', says: 'the server adds one to To' },
    ],
    messages: {
      from: 'From of {what} has no tag',
      to: 'To of {what} has no tag',
      initial: '{method} outside of any dialog has a tag in To',
    },
  },
  create({ report }) {
    return {
      message(message) {
        const { sip } = message;
        if (sip.isRequest) {
          if (sip.fromTagStart < 0 && sip.fromRow >= 0) tell('from', message, message.method);
          if (sip.toTagStart >= 0 && isInitial(message)) {
            const evidence = headerEvidence(message, HEADER.To, 'To');
            const { method } = message;
            report({ message: 'initial', data: { method }, at: message, evidence, severity: 'warning' });
          }
        } else {
          if (sip.toTagStart < 0 && sip.toRow >= 0 && sip.status !== 100)
            tell('to', message, nameOf(message));
          // Guard G6: what the request lacked, its answer cannot have.
          if (sip.fromTagStart < 0 && sip.fromRow >= 0 && message.transaction?.request === undefined) {
            tell('from', message, nameOf(message));
          }
        }
      },
    };

    function tell(key: 'from' | 'to', message: MessageFacts, what: string): void {
      const evidence =
        key === 'from'
          ? headerEvidence(message, HEADER.From, 'From')
          : headerEvidence(message, HEADER.To, 'To');
      const severity = isBeforeRfc3261(message) ? 'warning' : 'error';
      report({ message: key, data: { what }, at: message, evidence, severity });
    }
  },
});

/** A REGISTER, which is in no dialog ever; an INVITE that rings, though nothing of its call was seen before (guard G1). */
function isInitial({ sip, leg, transaction }: MessageFacts): boolean {
  // RFC 3261 §10.2: REGISTER makes no dialog.
  if (sip.methodId === METHOD.REGISTER) return true;
  if (sip.methodId !== METHOD.INVITE || transaction === undefined) return false;
  if (leg.messages.find(({ isRequest }) => isRequest)?.sip !== sip) return false;
  return transaction.provisionals.some(({ status }) => status >= 180 && status <= 182);
}

function nameOf({ status, method }: MessageFacts): string {
  return `${status} to ${method}`;
}

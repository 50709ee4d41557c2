// RFC 3261 §20 tables 2 and 3 ("–"), and the documents of the other methods: headers where they mean nothing.
import { HEADER, HEADERS, type HeaderId } from '../../sip/header/header-names.ts';
import { METHOD, type MethodId } from '../../sip/method.ts';
import { rowEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'message/header-not-applicable',
    severity: 'warning',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'A message has no header that its method or status has no use for.',
    why: 'Receivers ignore it at best; some take a Contact in MESSAGE or BYE for a new target and lose the peer.',
    exceptions: [
      'Headers that no document defines, such as X- headers: they are ignored.',
      'Record-Route in requests within a dialog; in REGISTER it is registration/record-route-in-register.',
      'Require and Proxy-Require in CANCEL: dialog/cancel-mismatch.',
    ],
    fix: 'Have the sender leave the header out.',
    sources: [
      { document: 'RFC 3261', section: '20', says: 'tables 2 and 3: not applicable means must not be there' },
      { document: 'RFC 3428', section: '4', says: 'no Contact in MESSAGE' },
      { document: 'RFC 3428', section: '7', says: 'no Contact in a 2xx to MESSAGE' },
      {
        document: 'RFC 6665',
        section: '8.2.1',
        says: 'Event in requests that are defined for it, never in responses',
      },
      { document: 'RFC 6665', section: '8.2.3', says: 'Subscription-State in NOTIFY only' },
      { document: 'RFC 3515', section: '2.1', says: 'Refer-To in REFER only' },
      { document: 'RFC 3262', section: '7', says: 'RAck in PRACK, RSeq in 1xx to INVITE' },
    ],
    messages: {
      request: '{method} carries {header}, which it has no use for',
      response: '{status} to {method} carries {header}, which it has no use for',
      contact: '{what} carries Contact, though MESSAGE makes no dialog',
    },
  },
  create: ({ report }) => ({
    message(message) {
      const { sip } = message;
      for (let row = 0; row < sip.headerCount; row++) {
        const misplaced = MISPLACED[sip.headerId(row)];
        if (misplaced === undefined || !misplaced(message)) continue;
        const header = HEADERS[sip.headerId(row)]!.name;
        const evidence = [rowEvidence(message, row)];
        const { method, status } = message;
        if (isMessageContact(message, sip.headerId(row))) {
          const what = sip.isRequest ? method : `${status} to ${method}`;
          report({ message: 'contact', data: { what }, at: message, evidence, severity: 'error' });
        } else if (sip.isRequest) {
          report({ message: 'request', data: { method, header }, at: message, evidence });
        } else {
          report({ message: 'response', data: { status, method, header }, at: message, evidence });
        }
      }
    },
  }),
});

function isMessageContact({ sip }: MessageFacts, id: HeaderId): boolean {
  return id === HEADER.Contact && (sip.isRequest ? sip.methodId : sip.cseqMethodId) === METHOD.MESSAGE;
}

type Misplaced = (message: MessageFacts) => boolean;

function inRequests(...methods: MethodId[]): Misplaced {
  return ({ sip }) => sip.isRequest && methods.includes(sip.methodId);
}

const { ACK, BYE, CANCEL, INFO, MESSAGE, NOTIFY, OPTIONS, PRACK, PUBLISH, REFER, SUBSCRIBE, UPDATE } = METHOD;

/** By header: whether it stands where it must not. An extension method may use what it likes. */
const MISPLACED: (Misplaced | undefined)[] = [];
MISPLACED[HEADER.Contact] = ({ sip }) => {
  if (sip.isRequest) return NO_CONTACT.includes(sip.methodId);
  return sip.cseqMethodId === MESSAGE && sip.status >= 200 && sip.status < 300;
};
MISPLACED[HEADER.Event] = ({ sip }) =>
  sip.isRequest ? sip.methodId !== 0 && !HAS_EVENT.includes(sip.methodId) : sip.cseqMethodId !== 0;
MISPLACED[HEADER['Subscription-State']] = ({ sip }) => !sip.isRequest || sip.methodId !== NOTIFY;
MISPLACED[HEADER['Refer-To']] = ({ sip }) => !sip.isRequest || (sip.methodId !== REFER && sip.methodId !== 0);
MISPLACED[HEADER.RAck] = ({ sip }) => !sip.isRequest || (sip.methodId !== PRACK && sip.methodId !== 0);
MISPLACED[HEADER.RSeq] = ({ sip }) =>
  sip.isRequest || sip.status >= 200 || sip.status === 100 || sip.cseqMethodId !== METHOD.INVITE;
MISPLACED[HEADER.Expires] = inRequests(ACK, BYE, CANCEL, OPTIONS, PRACK, INFO, UPDATE);
MISPLACED[HEADER['Content-Type']] = inRequests(CANCEL);

/** RFC 3261 table 2; RFC 3262 §7; RFC 3428 §9; RFC 3903 §11.1; RFC 6086 §6.1. */
const NO_CONTACT: readonly MethodId[] = [BYE, CANCEL, PRACK, MESSAGE, PUBLISH, INFO];
/** RFC 6665 §8.2.1, RFC 3903 §4.1. */
const HAS_EVENT: readonly MethodId[] = [SUBSCRIBE, NOTIFY, PUBLISH];

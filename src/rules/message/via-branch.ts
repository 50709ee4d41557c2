// RFC 3261 §8.1.1.7, §17.2.3: the topmost Via has a branch that begins with z9hG4bK and is of this transaction alone.

import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence, rowEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { RecentMap } from '../facts/recent-map.ts';
import { defineRule } from '../rule.ts';
import { cookieOf } from './magic-cookie.ts';

export default defineRule({
  meta: {
    id: 'message/via-branch',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'The topmost Via has a branch that begins with z9hG4bK and that no other transaction has.',
    why: 'Transactions are matched by it: responses are lost, or a new request is taken for one sent again.',
    exceptions: [
      'CANCEL and the ACK to a failure, which have the branch of their INVITE.',
      'Lower Vias, which other boxes wrote.',
      'A branch without the cookie, from a device older than RFC 3261: a warning.',
      'The cookie in other letters, such as z9hG4bk: info, for tokens compare without case.',
    ],
    fix: 'Have the sender write branch=z9hG4bK and something random anew for each request but CANCEL and the ACK to a failure.',
    sources: [
      {
        document: 'RFC 3261',
        section: '8.1.1.7',
        says: 'a branch with the cookie, unique across space and time',
      },
      { document: 'RFC 3261', section: '17.2.3', says: 'how servers match by it' },
      { document: 'RFC 3261', section: '7.3.1', says: 'tokens compare without case' },
    ],
    messages: {
      missing: 'The topmost Via of {what} has no branch',
      'no-cookie': 'The branch of {method} does not begin with z9hG4bK',
      'cookie-case': 'The branch of {method} spells the cookie z9hG4bK otherwise',
      reused: '{first} and {second} of one sender are two transactions, and have the same branch',
    },
  },
  create({ report }) {
    const known = new RecentMap<string, Use>(MAX_BRANCHES);
    return {
      message(message) {
        const { sip } = message;
        if (sip.viaRow < 0) return;
        if (!sip.isRequest) {
          if (sip.branchStart < 0 && lostIt(message)) tell(message, 'missing', `${message.status}`);
          return;
        }
        if (sip.branchStart < 0) {
          tell(message, 'missing', message.method);
          return;
        }
        const cookie = cookieOf(message);
        const { method } = message;
        const evidence = cookie === 'exact' ? [] : [rowEvidence(message, sip.viaRow)];
        if (cookie === 'none') {
          report({ message: 'no-cookie', data: { method }, at: message, evidence, severity: 'warning' });
          return;
        }
        if (cookie === 'other-case') {
          report({ message: 'cookie-case', data: { method }, at: message, evidence, severity: 'info' });
        }
        if (sip.methodId !== METHOD.ACK && sip.methodId !== METHOD.CANCEL) judgeUse(message);
      },
    };

    function tell(message: MessageFacts, key: 'missing', what: string): void {
      report({
        message: key,
        data: { what },
        at: message,
        evidence: headerEvidence(message, HEADER.Via, 'Via'),
      });
    }

    function judgeUse(message: MessageFacts): void {
      const { sip } = message;
      const { branch } = sip;
      const use = known.get(branch);
      if (use === undefined) {
        known.set(branch, useOf(message));
        return;
      }
      // Seen at another point of the capture it is the same request; a spiral has another sender.
      if (use.callId === sip.callId && use.cseq === sip.cseqNumber && use.method === message.method) return;
      if (use.sentBy !== sentBy(message)) return;
      report({
        message: 'reused',
        data: inOrder(message, use),
        at: message,
        frames: [use.frame],
        evidence: [rowEvidence(message, sip.viaRow)],
      });
    }
  },
});

/** Guard G6: told at the request, where that was captured without one too, at whatever hop. */
function lostIt({ transaction, leg, sip }: MessageFacts): boolean {
  if (transaction?.request !== undefined) return transaction.request.sip.branchStart >= 0;
  const requests = leg.call.legs.flatMap(({ messages }) => messages).filter(({ isRequest }) => isRequest);
  const asked = requests.filter(
    (one) => one.sip.cseqNumber === sip.cseqNumber && one.method === sip.cseqMethod,
  );
  return asked.every((one) => one.sip.branchStart >= 0);
}

/** Hop by hop the later one may be seen first. */
function inOrder({ frame, method }: MessageFacts, use: Use): { first: string; second: string } {
  return frame < use.frame ? { first: method, second: use.method } : { first: use.method, second: method };
}

interface Use {
  readonly callId: string;
  readonly cseq: number;
  readonly method: string;
  readonly sentBy: string;
  readonly frame: number;
}

function useOf(message: MessageFacts): Use {
  const { sip, method, frame } = message;
  return { callId: sip.callId, cseq: sip.cseqNumber, method, sentBy: sentBy(message), frame };
}

/** As spelled: up to the parameters. */
function sentBy({ sip }: MessageFacts): string {
  const value = sip.headerValue(sip.viaRow);
  const semicolon = value.indexOf(';');
  return semicolon < 0 ? value : value.slice(0, semicolon);
}

const MAX_BRANCHES = 16_384;

// RFC 3261 §14.1: no new INVITE inside a dialog while another is in progress, in either direction; §14.2: a server that sees
// it all the same answers 491 to one that crossed its own, 500 with Retry-After to a second of the same side.

import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { factEvidence, headerEvidence, startLineEvidence } from '../evidence.ts';
import type { DialogFacts } from '../facts/dialog-facts.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/invite-glare',
    severity: 'error',
    scope: 'dialog',
    tier: 1,
    since: '0.2.0',
    summary: 'One INVITE at a time inside a dialog; where two cross, both are answered 491.',
    why: 'When both sides change the session at once and accept it, they end with different ideas of it: no audio, or hold on one side only.',
    exceptions: [
      'The later INVITE is seen after the final response to the earlier one.',
      'The later INVITE was sent again, and its last copy came after that response.',
      'INVITE with credentials after 401 or 407, and refusals for another reason.',
      'The branches of a fork, which are dialogs of their own.',
    ],
    fix: 'Answer 491 while an INVITE of your own is pending, wait for the final response before the next, and after 491 wait 2.1 to 4 seconds where the Call-ID is yours.',
    sources: [
      {
        document: 'RFC 3261',
        section: '14.1',
        says: 'when a re-INVITE may be sent, and when again after 491',
      },
      { document: 'RFC 3261', section: '14.2', says: '491, or 500 with Retry-After' },
      { document: 'RFC 3264', section: '4', says: 'glare' },
      { document: 'RFC 5407', section: '3.3.1', says: 'the crossing of two re-INVITEs' },
    ],
    messages: {
      overlapping: 'INVITE while the INVITE before it, of the same side, has no final response',
      'not-500': 'second INVITE of the same side was answered {status} while the first was pending',
      'no-retry-after': '500 to an overlapping INVITE has no Retry-After',
      'not-491': 'INVITE that crossed another was answered {status}',
      'too-soon': 'INVITE again {milliseconds} ms after 491, by the owner of the Call-ID',
    },
  },
  create: ({ report }) => {
    function judgePair(earlier: Invite, later: Invite): void {
      if (!isPending(earlier, later.request)) return;
      const { request, final, isCaller } = later;
      const at = [request, earlier.request];
      const evidence = at.map(startLineEvidence);
      const sameSide = isCaller === earlier.isCaller;
      if (sameSide) report({ message: 'overlapping', at, evidence });
      if (final === undefined || !isPending(earlier, lastCopy(later), final)) return;
      const { status } = final;
      const told = { data: { status }, at: [final, ...at], evidence: [final, ...at].map(startLineEvidence) };
      if (status < 300) report({ message: sameSide ? 'not-500' : 'not-491', ...told });
      else if (sameSide && status === 500 && final.sip.find(HEADER['Retry-After']) < 0) {
        const absent = headerEvidence(final, HEADER['Retry-After'], 'Retry-After');
        report({ message: 'no-retry-after', at: told.at, severity: 'warning', evidence: absent });
      }
    }

    /** §14.1: 2.1 s at least for the owner of the Call-ID; for the other side no wait is too short. */
    function judgeRetry(dialog: DialogFacts, invites: readonly Invite[], later: Invite): void {
      if (!dialog.complete || !later.isCaller) return;
      const before = invites.slice(0, invites.indexOf(later)).findLast(({ isCaller }) => isCaller);
      const final = before?.final;
      if (final?.status !== 491) return;
      const waited = final.millisecondsTo(later.request);
      if (waited < 0 || waited >= OWNER_WAITS) return;
      const milliseconds = waited.toFixed(0);
      const evidence = [
        startLineEvidence(later.request),
        factEvidence(final.frame, 'time', 'after 491', `${milliseconds} ms`),
      ];
      const at = [later.request, final];
      report({ message: 'too-soon', data: { milliseconds }, at, severity: 'warning', evidence });
    }

    return {
      dialog(dialog) {
        const invites = invitesOf(dialog);
        for (let index = 1; index < invites.length; index++) {
          judgePair(invites[index - 1]!, invites[index]!);
          judgeRetry(dialog, invites, invites[index]!);
        }
      },
    };
  },
});

interface Invite {
  readonly transaction: TransactionFacts;
  readonly request: MessageFacts;
  /** Within this dialog. */
  readonly final: MessageFacts | undefined;
  readonly isCaller: boolean;
}

/** In order, the one that formed the dialog first. */
function invitesOf(dialog: DialogFacts): Invite[] {
  const { created, transactions } = dialog;
  const invites: Invite[] = [];
  if (created?.methodId === METHOD.INVITE && created.request !== undefined) {
    const final = created.responses.find(({ status, sip }) => {
      return status >= 300 || (status >= 200 && sip.toTag === dialog.calleeTag);
    });
    invites.push({ transaction: created, request: created.request, final, isCaller: true });
  }
  for (const transaction of transactions) {
    const { methodId, request, final } = transaction;
    if (methodId !== METHOD.INVITE || request === undefined) continue;
    invites.push({ transaction, request, final, isCaller: dialog.fromCaller(request) });
  }
  return invites;
}

/** Whether its final response came after that message (and another): one that the capture lacks proves nothing. */
function isPending({ final }: Invite, at: MessageFacts, until = at): boolean {
  return final !== undefined && final.millisecondsTo(until) < 0 && final.millisecondsTo(at) < 0;
}

/** Of the request, before its final response. */
function lastCopy({ transaction, request, final }: Invite): MessageFacts {
  if (final === undefined) return request;
  const copy = transaction.messages.findLast((one) => {
    return one.isRequest && one.methodId === METHOD.INVITE && one.millisecondsTo(final) >= 0;
  });
  return copy ?? request;
}

const OWNER_WAITS = 2100;

// How a call is given up or ended: ACK, CANCEL, BYE and their answers, and failures inside the dialog.
// RFC 3261 §9, §12.2.1.2, §15; RFC 5407 §3.

import type { SipMessage } from '../../sip/message.ts';
import type { Moment } from '../call.ts';
import { isFromCaller, sentByCaller } from '../caller-tag.ts';
import { CONFIRMED, ON_BYE, ON_BYE_CHALLENGED, ON_GONE } from '../dialog.ts';
import type { OpenCall } from '../open-call.ts';
import { takeAnswer } from '../session/offer.ts';
import { sessionOf } from '../session/session.ts';
import { ENDED, ENDED_DONE } from '../timings.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { isChallenge } from '../transaction/transaction-match.ts';
import { confirmDialog, confirmUnseen, endDialog } from './invite-dialog.ts';
import { causeOf } from './release-cause.ts';

/** An ACK that is a transaction of its own acknowledges a 2xx (RFC 3261 §13.2.2.4). */
export function ackSent(call: OpenCall, invite: Transaction | null, m: SipMessage, dialog: number): Moment {
  const record = call.dialogs[dialog];
  if (invite === null || (invite.final === 0 && invite.upstream === null)) {
    // The 2xx itself is not in the capture: only one direction was recorded, or not from the beginning.
    confirmUnseen(call, dialog);
    if (invite !== null && call.state === 'call-setup') {
      call.state = 'in-call';
      call.openBranches = 0;
      if (record !== undefined) confirmDialog(call, record);
    }
  }
  // RFC 3261 §13.2.1: where the 2xx had the offer, the ACK has the answer.
  const answer = sessionOf(m);
  if (answer !== null) call.setSession(invite === null || isFromCaller(call, invite), answer);
  return '';
}

/** An ACK within the INVITE's transaction acknowledges a failure (RFC 3261 §17.1.1.3). */
export function ackInside(call: OpenCall, invite: Transaction, m: SipMessage): void {
  // RFC 6026 §6: clients of RFC 2543 use the branch for the ACK to a 2xx too.
  const success = invite.final >= 200 && invite.final < 300;
  if (success && invite.upstream === null) {
    const answer = sessionOf(m);
    if (answer !== null) call.setSession(isFromCaller(call, invite), answer);
  }
  // Only one direction was recorded: the failure is known by its ACK alone.
  if (invite.final === 0 && invite.upstream === null && invite.initial && call.state === 'call-setup') {
    call.state = 'rejected';
  }
}

export function cancelSent(call: OpenCall, invite: Transaction | null, m: SipMessage): Moment {
  if (invite !== null) {
    if (invite.cancelFrame === 0) invite.cancelFrame = m.frame;
    // A proxy cancels its other branches when one is answered (RFC 3261 §16.7): that does not cancel the call.
    if (invite.upstream !== null || !invite.initial) return '';
    if (invite.final !== 0) return '';
  }
  if (call.confirmed > 0 || call.state !== 'call-setup') return '';
  call.state = 'cancelled';
  call.cause = causeOf(m, 'caller', m.src.text);
  return 'cancelled';
}

export function cancelAnswered(invite: Transaction | null, m: SipMessage): Moment {
  if (invite !== null && invite.final === 0 && m.status >= 200 && m.status < 300) invite.cancelled = true;
  return '';
}

export function byeSent(call: OpenCall, tx: Transaction, m: SipMessage, dialog: number): Moment {
  const record = call.dialogs[dialog];
  if (tx.upstream !== null) {
    if (record !== undefined && !record.counted) record.take(ON_BYE);
    return '';
  }
  endDialog(call, record, ON_BYE, m, sentByCaller(call, m, record) === m.isRequest);
  return 'released';
}

export function byeAnswered(call: OpenCall, tx: Transaction, m: SipMessage, dialog: number): Moment {
  if (tx.upstream !== null || m.status < 200) return '';
  // Of the BYE that ended it, not of one that crossed it.
  if (m.status < 300 && call.byeFrame === tx.frame) call.firstNow(ENDED_DONE);
  // RFC 3261 §22.2: a BYE that is challenged has not ended anything yet. §15.1.1: 481 and 408 have.
  if (isChallenge(m.status) && call.byeFrame === tx.frame) {
    const record = call.dialogs[dialog];
    if (record?.counted && record.take(ON_BYE_CHALLENGED)) {
      call.confirmed++;
      call.state = 'in-call';
      call.cause = null;
      call.byeFrame = 0;
      call.setMoment(ENDED, Number.NaN);
    }
    return 'challenged';
  }
  return '';
}

/** PRACK, UPDATE, INFO, REFER … inside the INVITE's dialog. */
export function insideSent(
  call: OpenCall,
  tx: Transaction,
  m: SipMessage,
  dialog: number,
  early: boolean,
): Moment {
  if (tx.upstream !== null || tx.initial) return '';
  if (!early) confirmUnseen(call, dialog);
  tx.offer = sessionOf(m);
  return '';
}

/** `gone`: the statuses that end the dialog, when this method is answered with them. */
export function insideAnswered(
  call: OpenCall,
  tx: Transaction,
  m: SipMessage,
  dialog: number,
  gone: number,
): Moment {
  if (tx.upstream !== null || m.status < 200) return '';
  if (m.status < 300) takeAnswer(call, tx, m);
  else if (call.dialogs[dialog]?.stage === CONFIRMED) {
    const record = call.dialogs[dialog];
    // RFC 3261 §12.2.1.2: 481, and 408 where the request refreshes the session. 5xx and the rest concern the request alone.
    if ((m.status === 481 && gone >= 1) || (m.status === 408 && gone >= 2)) {
      endDialog(call, record, ON_GONE, m, sentByCaller(call, m, record));
      return 'released';
    }
  }
  return '';
}

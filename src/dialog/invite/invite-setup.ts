// How an INVITE sets a call up: attempts, provisional responses, the answer, failures, CANCEL and its races.
// RFC 3261 §9, §13, §14; RFC 3262; RFC 5407 §2, §3. All of it as seen at the first hop: what a proxy's branches say
// among themselves does not change the call.

import type { SipMessage } from '../../sip/message.ts';
import type { Moment } from '../call.ts';
import { sentByCaller } from '../caller-tag.ts';
import { CONFIRMED, EARLY, ON_FAILURE, ON_GONE, ON_PROVISIONAL, ON_SUCCESS } from '../dialog.ts';
import { note } from '../evidence.ts';
import { LINGER } from '../give-up.ts';
import type { OpenCall } from '../open-call.ts';
import { takeAnswer } from '../session/offer.ts';
import { sessionOf } from '../session/session.ts';
import { ANSWER, FINAL, INVITED, RING_18X, RING_180, STATUS } from '../timings.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { isChallenge } from '../transaction/transaction-match.ts';
import { stateOfFailure } from './failure-state.ts';
import { confirmDialog, confirmUnseen, endDialog } from './invite-dialog.ts';
import { credentialsSent, refused } from './refusal.ts';
import { causeOf } from './release-cause.ts';

export function inviteSent(call: OpenCall, tx: Transaction, m: SipMessage, dialog: number): Moment {
  if (tx.upstream !== null) return '';
  tx.offer = sessionOf(m);
  if (!tx.initial) {
    confirmUnseen(call, dialog);
    return 're-invite';
  }
  const before = call.attempt;
  call.attempt = tx;
  if (before !== null) credentialsSent(tx, m);
  if (before === null || before.cseq !== tx.cseq) {
    call.openBranches = 1;
    call.branchFailure = null;
  } else if (!isGivenUp(before, m)) call.openBranches++;
  // RFC 6076 §4.3: challenges and redirections are part of the delay; after another failure it is a new attempt.
  if (before !== null && before.final >= 400 && !isChallenge(before.final)) call.attemptAnew();
  call.firstNow(INVITED);
  if (tx.offer !== null) {
    call.setSession(true, tx.offer);
    if (tx.offer.im) call.kind = 'im';
  }
  if (call.confirmed === 0) {
    call.state = 'call-setup';
    call.cause = null;
  }
  return 'attempt';
}

export function inviteAnswered(call: OpenCall, tx: Transaction, m: SipMessage, dialog: number): Moment {
  const { status } = m;
  const record = call.dialogs[dialog];
  if (tx.upstream !== null) {
    // A later hop: its dialogs are followed, but the call does not stand on them.
    if (record !== undefined && !record.counted && status > 100) record.take(eventOf(status));
    return '';
  }
  if (status < 200) {
    if (status > 100) takeAnswer(call, tx, m);
    if (!tx.initial || status === 100) return '';
    record?.take(ON_PROVISIONAL);
    return ringing(call, status);
  }
  if (status < 300) return answered(call, tx, m, dialog);
  if (record !== undefined && record.stage === CONFIRMED) return reInviteFailed(call, m, dialog);
  return tx.initial ? failed(call, tx, m) : '';
}

function eventOf(status: number): number {
  return status < 200 ? ON_PROVISIONAL : status < 300 ? ON_SUCCESS : ON_FAILURE;
}

function ringing(call: OpenCall, status: number): Moment {
  call.firstNow(STATUS);
  if (status >= 180 && status < 190) call.firstNow(RING_18X);
  if (status === 180) call.firstNow(RING_180);
  return status === 180 ? 'ringing' : '';
}

function answered(call: OpenCall, tx: Transaction, m: SipMessage, dialog: number): Moment {
  takeAnswer(call, tx, m);
  const record = call.dialogs[dialog];
  const reInvite = record?.counted === true && record.stage === CONFIRMED;
  // RFC 3261 §12.2.1.2: what a 408 or 481 seemed to have ended goes on if a later request succeeds.
  if (record !== undefined && (call.byeFrame === 0 || tx.initial)) confirmDialog(call, record);
  else record?.take(ON_SUCCESS);
  if (reInvite) return '';
  if (tx.initial) {
    call.firstNow(ANSWER);
    call.firstNow(STATUS);
    call.firstNow(FINAL);
  }
  // RFC 3261 §9.1: a CANCEL has no effect on a request that has been answered; the caller follows with ACK and BYE.
  if (tx.cancelFrame > 0) {
    note(
      call,
      'dialog/answered-after-cancel',
      'info',
      'The call was answered although it was cancelled: both crossed',
      m.frame,
    );
  }
  if (call.confirmed === 0 && record !== undefined) return '';
  call.openBranches = 0;
  call.state = 'in-call';
  call.cause = null;
  return 'answered';
}

function failed(call: OpenCall, tx: Transaction, m: SipMessage): Moment {
  const { status } = m;
  const asks = isChallenge(status) && !refused(tx, m);
  const moment: Moment = asks ? 'challenged' : status < 400 ? 'diverted' : 'rejected';
  if (call.openBranches > 0) call.openBranches--;
  // RFC 3261 §13.2.2: another branch, or another 2xx, still carries the call; an older attempt says nothing any more.
  if (call.confirmed > 0) return moment;
  if (call.openBranches > 0) {
    if (!isChallenge(status)) call.branchFailure = causeOf(m, 'callee', originOf(call, tx, status));
    return moment;
  }
  if (call.attempt !== null && call.attempt.cseq !== tx.cseq) return moment;
  // RFC 6076 §4.3.2: challenges are no failures; a redirection goes on with the next INVITE.
  if (!isChallenge(status) && status !== 402 && status >= 400) call.firstNow(STATUS);
  if (!Number.isNaN(call.moment(RING_18X))) call.firstNow(FINAL);
  for (const dialog of call.dialogs) if (dialog.stage === EARLY) dialog.take(ON_FAILURE);
  // RFC 3261 §9.2: after a 2xx to the CANCEL the INVITE ends for that reason, whatever its status says.
  const cancelled = status === 487 || (tx.cancelled && status >= 400);
  const byCaller = cancelled && call.state === 'cancelled' && call.cause !== null;
  call.state = cancelled ? 'cancelled' : isChallenge(status) && !asks ? 'rejected' : stateOfFailure(status);
  if (!byCaller) call.cause = causeOf(m, 'callee', originOf(call, tx, status));
  return cancelled ? 'cancelled' : moment;
}

/** RFC 3261 §16.8, §17.1.1.2: nobody answered it, and after 64*T1 another place is tried (RFC 3263 §4.3). */
function isGivenUp(branch: Transaction, m: SipMessage): boolean {
  return !branch.isAnswered && m.seconds - branch.seconds >= LINGER;
}

function reInviteFailed(call: OpenCall, m: SipMessage, dialog: number): Moment {
  // RFC 3261 §12.2.1.2: 481 and 408 end the dialog; §14.1: any other failure leaves it as it was.
  if (m.status === 481 || m.status === 408) {
    endDialog(call, call.dialogs[dialog], ON_GONE, m, sentByCaller(call, m, call.dialogs[dialog]));
    return 'released';
  }
  return 'rejected';
}

/** Where a final response first came from: the hop that saw it first is the furthest. */
function originOf(call: OpenCall, tx: Transaction, status: number): string {
  let origin = tx;
  for (let one = call.newest; one !== null; one = one.older) {
    if (one.method !== tx.method || one.cseq !== tx.cseq || one.final !== status) continue;
    if (one.finalFrame < origin.finalFrame && one.finalFrame > 0) origin = one;
  }
  return origin.dst.text;
}

// What a request or response that is no retransmission does to its call: each method has its part, and which part that is
// depends on what the Call-ID is used for (RFC 5057: the usages of a dialog).

import type { SipMessage } from '../sip/message.ts';
import { METHOD } from '../sip/method.ts';
import type { Moment } from './call.ts';
import {
  byeAnswered,
  byeSent,
  cancelAnswered,
  cancelSent,
  insideAnswered,
  insideSent,
} from './invite/invite-release.ts';
import { inviteAnswered, inviteSent } from './invite/invite-setup.ts';
import type { MessageMarks } from './marks.ts';
import type { OpenCall } from './open-call.ts';
import { registerAnswered, registerSent } from './registration.ts';
import type { RelatedCalls } from './related.ts';
import { singleAnswered, singleSent } from './single-request.ts';
import { notifyAnswered, notifySent, subscribeAnswered, subscribeSent } from './subscription.ts';
import type { Transaction } from './transaction/transaction.ts';
import { inviteOf } from './transaction/transaction-match.ts';

export function requestPlaced(
  call: OpenCall,
  tx: Transaction,
  m: SipMessage,
  marks: MessageMarks,
  dialog: number,
  related: RelatedCalls,
): Moment {
  const { method } = tx;
  if (tx.upstream === null) {
    if (method === REFER) related.referSent(call, m);
    else if (tx.initial && (method === INVITE || method === SUBSCRIBE)) related.requestSent(call, m);
  }
  if (call.kind === 'call' || call.kind === 'im') {
    switch (method) {
      case INVITE:
        return inviteSent(call, tx, m, dialog);
      case BYE:
        return byeSent(call, tx, m, dialog);
      case CANCEL:
        tx.cancels = inviteOf(call.newest, m, marks);
        return cancelSent(call, tx.cancels, m);
      default:
        return insideSent(call, tx, m, dialog, method === PRACK || method === UPDATE);
    }
  }
  switch (method) {
    case REGISTER:
      return call.kind === 'registration' ? registerSent(call, tx, m) : '';
    case SUBSCRIBE:
    case REFER:
      return call.kind === 'subscription' ? subscribeSent(call, tx, m) : '';
    case NOTIFY:
      return call.kind === 'subscription' ? notifySent(call, tx, m, dialog) : '';
    default:
      return isSingle(call) ? singleSent(call, tx, m) : '';
  }
}

export function responsePlaced(call: OpenCall, tx: Transaction, m: SipMessage, dialog: number): Moment {
  const { method } = tx;
  if (call.kind === 'call' || call.kind === 'im') {
    switch (method) {
      case INVITE:
        return inviteAnswered(call, tx, m, dialog);
      case BYE:
        // Where the BYE itself is not in the capture its answer tells of it.
        if (tx.frame === 0 && m.status >= 200 && m.status < 300) return byeSent(call, tx, m, dialog);
        return byeAnswered(call, tx, m, dialog);
      case CANCEL:
        return cancelAnswered(tx.cancels, m);
      default:
        return insideAnswered(call, tx, m, dialog, GONE_AT[method] ?? 0);
    }
  }
  switch (method) {
    case REGISTER:
      return call.kind === 'registration' ? registerAnswered(call, tx, m) : '';
    case SUBSCRIBE:
    case REFER:
      return call.kind === 'subscription' ? subscribeAnswered(call, tx, m, dialog) : '';
    case NOTIFY:
      return call.kind === 'subscription' ? notifyAnswered(call, tx, m, dialog) : '';
    default:
      return isSingle(call) ? singleAnswered(call, tx, m) : '';
  }
}

function isSingle(call: OpenCall): boolean {
  return call.kind === 'message' || call.kind === 'options' || call.kind === 'other';
}

const { INVITE, BYE, CANCEL, REGISTER, PRACK, SUBSCRIBE, NOTIFY, MESSAGE, OPTIONS, INFO, UPDATE, REFER } =
  METHOD;

/**
 * RFC 3261 §12.2.1.2: 1: 481 ends the dialog, 2: 408 too. A PRACK's 481 concerns the provisional response alone
 * (RFC 3262 §3), a NOTIFY's or SUBSCRIBE's the subscription (RFC 6665 §4.1.2.2, RFC 5057 §5.1).
 */
const GONE_AT: Readonly<Record<number, number>> = {
  [UPDATE]: 2,
  [INFO]: 1,
  [MESSAGE]: 1,
  [OPTIONS]: 1,
  [REFER]: 1,
};

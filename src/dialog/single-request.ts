// Requests that stand alone: MESSAGE (RFC 3428), OPTIONS (RFC 3261 §11), PUBLISH (RFC 3903), extension methods.

import type { SipMessage } from '../sip/message.ts';
import type { Moment } from './call.ts';
import { credentialsSent, refused } from './invite/refusal.ts';
import { causeOf } from './invite/release-cause.ts';
import type { OpenCall } from './open-call.ts';
import type { Transaction } from './transaction/transaction.ts';
import { isChallenge } from './transaction/transaction-match.ts';

export function singleSent(call: OpenCall, tx: Transaction, m: SipMessage): Moment {
  if (tx.upstream !== null) return '';
  credentialsSent(tx, m);
  // A conversation in which one MESSAGE failed stays marked.
  if (call.state !== 'failed' || call.kind !== 'message') call.state = 'pending';
  return 'attempt';
}

export function singleAnswered(call: OpenCall, tx: Transaction, m: SipMessage): Moment {
  if (tx.upstream !== null || m.status < 200) return '';
  if (m.status < 300) {
    if (call.state === 'failed' && call.kind === 'message') return '';
    call.state = call.kind === 'message' ? 'delivered' : 'completed';
    call.cause = null;
    return '';
  }
  const asks = isChallenge(m.status) && !refused(tx, m);
  if (call.state !== 'failed') {
    call.state = asks ? 'challenged' : 'failed';
    call.cause = causeOf(m, 'callee', m.src.text);
  }
  return asks ? 'challenged' : 'rejected';
}

// Which session description of an offer and its answer is in force, for each side of a call (RFC 3264 §4, §5, §6).

import type { SipMessage } from '../../sip/message.ts';
import { isFromCaller } from '../caller-tag.ts';
import type { OpenCall } from '../open-call.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { sessionOf } from './session.ts';

/** Offer and answer take effect together (RFC 3264 §4, RFC 3261 §13.2.1); an INVITE without an offer is answered with one. */
export function takeAnswer(call: OpenCall, tx: Transaction, m: SipMessage): void {
  const answer = sessionOf(m);
  if (answer === null && (tx.offer === null || tx.initial || m.status < 200)) return;
  const caller = isFromCaller(call, tx);
  if (tx.offer !== null) call.setSession(caller, tx.offer);
  if (answer === null) return;
  call.setSession(!caller, answer);
  if (call.kind === 'call' && tx.initial && tx.offer === null && answer.im) call.kind = 'im';
}

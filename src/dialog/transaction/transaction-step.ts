// Follows a transaction along its table: what its client sent and received. A move that no clause allows is noted as
// evidence; the capture may have missed packets, or seen them in another order.

import type { SipMessage } from '../../sip/message.ts';
import { METHOD } from '../../sip/method.ts';
import { note } from '../evidence.ts';
import type { OpenCall } from '../open-call.ts';
import { ILLEGAL } from './state-table.ts';
import { INVITE_CLIENT } from './states-invite-client.ts';
import { NON_INVITE_CLIENT } from './states-non-invite-client.ts';
import type { Transaction } from './transaction.ts';

/** The request was sent again: timer A or E. */
export function requestAgain(call: OpenCall, tx: Transaction, m: SipMessage): void {
  if (tx.method === INVITE) step(call, tx, m, INVITE_CLIENT, TIMER_A);
  else step(call, tx, m, NON_INVITE_CLIENT, TIMER_E);
}

/** A response that is no retransmission; false when it does not count: the transaction already ended otherwise. */
export function responseSeen(call: OpenCall, tx: Transaction, m: SipMessage): boolean {
  const { status } = m;
  if (tx.method === INVITE) {
    return step(
      call,
      tx,
      m,
      INVITE_CLIENT,
      status < 200 ? INVITE_1XX : status < 300 ? INVITE_2XX : INVITE_FAILURE,
    );
  }
  return step(call, tx, m, NON_INVITE_CLIENT, status < 200 ? OTHER_1XX : OTHER_FINAL);
}

function step(
  call: OpenCall,
  tx: Transaction,
  m: SipMessage,
  table: typeof INVITE_CLIENT | typeof NON_INVITE_CLIENT,
  event: number,
): boolean {
  const next = table.after(tx.state, event);
  if (next !== ILLEGAL) {
    tx.state = next;
    return true;
  }
  const what = m.isRequest ? `${m.method} again` : `${m.status} to ${m.cseqMethod}`;
  const clause = tx.method === INVITE ? 'RFC 3261 §17.1.1.2, RFC 6026 §8.4' : 'RFC 3261 §17.1.2.2';
  note(
    call,
    'dialog/unexpected-message',
    'info',
    `${what} in state ${table.states[tx.state]} (${clause})`,
    m.frame,
  );
  return false;
}

const { INVITE } = METHOD;
const TIMER_A = INVITE_CLIENT.event('timer A');
const INVITE_1XX = INVITE_CLIENT.event('1xx');
const INVITE_2XX = INVITE_CLIENT.event('2xx');
const INVITE_FAILURE = INVITE_CLIENT.event('300-699');
const TIMER_E = NON_INVITE_CLIENT.event('timer E');
const OTHER_1XX = NON_INVITE_CLIENT.event('1xx');
const OTHER_FINAL = NON_INVITE_CLIENT.event('200-699');

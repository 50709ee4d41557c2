// Subscriptions: SUBSCRIBE or REFER outside a dialog, and the NOTIFYs (RFC 6665 §4, RFC 3515 §2.4). Each NOTIFY says the
// state; the table of RFC 6665 §4.1.2 is followed beside it.

import { HEADER } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { METHOD } from '../sip/method.ts';
import { parseParameters } from '../sip/uri/parameters.ts';
import type { Moment } from './call.ts';
import { sentByCaller } from './caller-tag.ts';
import { deltaSeconds, deltaSecondsOf } from './delta-seconds.ts';
import { CONFIRMED, TERMINATED } from './dialog.ts';
import { note, says } from './evidence.ts';
import { LINGER } from './give-up.ts';
import { credentialsSent, refused } from './invite/refusal.ts';
import { causeOf, causeOfAccepted } from './invite/release-cause.ts';
import type { OpenCall } from './open-call.ts';
import { ILLEGAL } from './transaction/state-table.ts';
import { SUBSCRIPTION } from './transaction/states-subscription.ts';
import type { Transaction } from './transaction/transaction.ts';
import { isChallenge } from './transaction/transaction-match.ts';

/** SUBSCRIBE and REFER. */
export function subscribeSent(call: OpenCall, tx: Transaction, m: SipMessage): Moment {
  if (tx.upstream !== null) return '';
  if (call.event === '') call.event = m.methodId === METHOD.REFER ? 'refer' : eventOf(m);
  tx.removesAll = deltaSecondsOf(m, EXPIRES) === 0;
  credentialsSent(tx, m);
  step(call, m, 'SUBSCRIBE');
  if (call.state !== 'active') call.state = 'pending';
  return tx.initial ? 'attempt' : '';
}

export function subscribeAnswered(call: OpenCall, tx: Transaction, m: SipMessage, dialog: number): Moment {
  if (tx.upstream !== null || m.status < 200) return '';
  if (m.status < 300) {
    setStage(call, dialog, CONFIRMED);
    // RFC 6665 §4.1.2.1: the 2xx's Expires is what was granted.
    call.granted = deltaSecondsOf(m, EXPIRES) ?? call.granted;
    if (tx.removesAll) {
      // RFC 6665 §4.4.1: it ends with the NOTIFY that follows; but this is why.
      call.granted = LINGER;
      call.cause = causeOfAccepted(tx, 'SUBSCRIBE', m);
      return '';
    }
    // RFC 6665 §4.1.2.1 promises a NOTIFY at once; until it is seen the 2xx alone says that there is a subscription.
    if (call.state === 'pending' && call.subscription !== PENDING && m.status !== 202) call.state = 'active';
    return '';
  }
  if (isChallenge(m.status) && !refused(tx, m)) {
    if (call.state !== 'active') {
      call.state = 'challenged';
      call.cause = causeOf(m, 'callee', m.src.text);
    }
    return 'challenged';
  }
  // RFC 6665 §4.1.2.2: 481 to a refresh ends it; another failure leaves it until it expires.
  if (!tx.initial) {
    if (m.status !== 481) return 'rejected';
    step(call, m, 'refresh 481');
    terminate(call, m, dialog, 'callee', m.src.text);
    return 'released';
  }
  step(call, m, 'SUBSCRIBE failed');
  call.state = 'failed';
  call.cause = causeOf(m, 'callee', m.src.text);
  return 'rejected';
}

export function notifySent(call: OpenCall, tx: Transaction, m: SipMessage, dialog: number): Moment {
  if (tx.upstream !== null) return '';
  if (call.event === '') call.event = eventOf(m);
  if (call.event === 'presence' || call.event === 'presence.winfo') {
    says(call, m.src, 'presence-server', `NOTIFY of ${call.event}`);
  }
  const value = m.value(SUBSCRIPTION_STATE) ?? '';
  const semicolon = value.indexOf(';');
  const params = parseParameters(semicolon < 0 ? '' : value.slice(semicolon + 1));
  call.granted = deltaSeconds(params.get('expires')) ?? call.granted;
  switch ((semicolon < 0 ? value : value.slice(0, semicolon)).trim().toLowerCase()) {
    case 'active':
      step(call, m, 'NOTIFY active');
      setStage(call, dialog, CONFIRMED);
      call.state = 'active';
      call.cause = null;
      break;
    case 'pending':
      step(call, m, 'NOTIFY pending');
      setStage(call, dialog, CONFIRMED);
      if (call.state !== 'active') call.state = 'pending';
      break;
    case 'terminated':
      step(call, m, 'NOTIFY terminated');
      terminate(
        call,
        m,
        dialog,
        sentByCaller(call, m, undefined) ? 'caller' : 'callee',
        m.src.text,
        params.get('reason'),
      );
      return 'released';
    default:
      if (call.state === 'pending' && call.partial) call.state = 'active';
  }
  return 'notified';
}

export function notifyAnswered(call: OpenCall, tx: Transaction, m: SipMessage, dialog: number): Moment {
  // RFC 6665 §4.2.2: these answers to a NOTIFY end the subscription.
  if (tx.upstream !== null || !ENDS_SUBSCRIPTION.has(m.status) || call.state === 'terminated') return '';
  terminate(call, m, dialog, 'caller', m.src.text);
  return 'released';
}

/** One subscription ends; with the last of a fork (RFC 6665 §4.1.4) the whole. */
function terminate(
  call: OpenCall,
  m: SipMessage,
  dialog: number,
  by: 'caller' | 'callee',
  endpoint: string,
  reason?: string,
): void {
  setStage(call, dialog, TERMINATED);
  if (call.state === 'terminated' || call.dialogs.some((one) => one.stage === CONFIRMED)) return;
  call.state = 'terminated';
  // It was ended by SUBSCRIBE: this is but the last word.
  if (call.cause !== null && call.cause.method === 'SUBSCRIBE' && call.cause.by === 'caller') return;
  const cause = causeOf(m, by, endpoint);
  call.cause = reason === undefined ? cause : { ...cause, reason };
}

function setStage(call: OpenCall, dialog: number, stage: number): void {
  const record = call.dialogs[dialog];
  // Once ended it stays so: the NOTIFY that follows an un-SUBSCRIBE does not revive it.
  if (record !== undefined && record.stage !== TERMINATED) record.stage = stage;
}

function step(call: OpenCall, m: SipMessage, event: (typeof SUBSCRIPTION.events)[number]): void {
  const next = SUBSCRIPTION.after(call.subscription, SUBSCRIPTION.event(event));
  if (next !== ILLEGAL) call.subscription = next;
  else {
    const state = SUBSCRIPTION.states[call.subscription];
    note(call, 'dialog/unexpected-message', 'info', `${event} in state ${state} (RFC 6665 §4.1.2)`, m.frame);
  }
}

/** The package, without its parameters (RFC 6665 §8.2.1). */
function eventOf(m: SipMessage): string {
  return (m.value(EVENT) ?? '').split(';')[0].trim();
}

const EXPIRES = HEADER.Expires;
const EVENT = HEADER.Event;
const SUBSCRIPTION_STATE = HEADER['Subscription-State'];
const ENDS_SUBSCRIPTION = new Set([404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604]);
const PENDING = SUBSCRIPTION.state('pending');

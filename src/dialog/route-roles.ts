// What the way of a request shows of the boxes it passes: a proxy adds a Via on top (RFC 3261 §16.6 step 8), a back-to-back
// user agent begins with its own (§6, RFC 7092 §3).
import { HEADER } from '../sip/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { METHOD } from '../sip/method.ts';
import { COLUMN, COLUMNS } from '../sip/scan.ts';
import type { OpenCall } from './open-call.ts';
import type { Transaction } from './transaction.ts';

export function viaCount(m: SipMessage): number {
  const { table, headerCount } = m;
  let count = 0;
  for (let row = 0; row < headerCount; row++) if (table[row * COLUMNS + COLUMN.id] === VIA) count++;
  return count;
}

/** A request outside a dialog at a hop that is new. */
export function hopSeen(call: OpenCall, tx: Transaction, m: SipMessage): void {
  // RFC 3261 §9.1: a CANCEL has one Via, that of the hop it cancels, whoever sends it.
  if (m.methodId === METHOD.CANCEL) return;
  if (tx.vias > 1) {
    const evidence = m.find(RECORD_ROUTE) < 0 ? 'adds Via' : 'adds Via and Record-Route';
    call.says(tx.src, 'proxy', evidence);
    if (tx.upstream?.dst.ip === tx.src.ip) call.says(tx.upstream.dst, 'proxy', evidence);
  } else if (
    tx.upstream !== null &&
    tx.vias === 1 &&
    tx.upstream.dst.ip === tx.src.ip &&
    tx.upstream.vias > 0
  ) {
    call.says(tx.upstream.dst, 'b2bua', 'passes the Call-ID on with a Via of its own alone');
    call.says(tx.src, 'b2bua', 'passes the Call-ID on with a Via of its own alone');
  }
}

/** A 2xx or 3xx: who gives it, when it has not been passed on from another hop. */
export function answerSeen(call: OpenCall, tx: Transaction, m: SipMessage): void {
  if (tx.forwarded) return;
  const { status } = m;
  // RFC 3261 §8.3, §10.3; RFC 3903 §6.
  if (status >= 300) call.says(tx.dst, 'redirect-server', `answers ${status}`);
  else if (tx.method === METHOD.REGISTER) call.says(tx.dst, 'registrar', 'answers REGISTER');
  else if (tx.method === METHOD.PUBLISH) call.says(tx.dst, 'presence-server', 'answers PUBLISH');
}

const VIA = HEADER.Via;
const RECORD_ROUTE = HEADER['Record-Route'];

// What the way of a request shows of the boxes it passes: a proxy adds a Via on top (RFC 3261 §16.6 step 8), a back-to-back
// user agent begins with its own (§6, RFC 7092 §3).

import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { METHOD } from '../../sip/method.ts';
import { COLUMN, COLUMNS } from '../../sip/scan.ts';
import { says } from '../evidence.ts';
import type { OpenCall } from '../open-call.ts';
import type { Transaction } from '../transaction/transaction.ts';

/** Values of Via, in rows of their own or parted by commas (RFC 3261 §7.3.1). */
export function viaCount(m: SipMessage): number {
  const { data, table, headerCount } = m;
  let count = 0;
  for (let row = 0; row < headerCount; row++) {
    const at = row * COLUMNS;
    if (table[at + COLUMN.id] !== VIA) continue;
    const end = table[at + COLUMN.valueEnd];
    let quoted = false;
    count++;
    for (let i = table[at + COLUMN.valueStart]; i < end; i++) {
      const octet = data[i];
      if (octet === QUOTE) quoted = !quoted;
      else if (octet === COMMA && !quoted) count++;
    }
  }
  return count;
}

/** A request outside a dialog at a hop that is new. */
export function hopSeen(call: OpenCall, tx: Transaction, m: SipMessage): void {
  // RFC 3261 §9.1: a CANCEL has one Via, that of the hop it cancels, whoever sends it.
  if (m.methodId === METHOD.CANCEL) return;
  const { upstream } = tx;
  if (tx.vias > 1) {
    const evidence = m.find(RECORD_ROUTE) < 0 ? 'adds Via' : 'adds Via and Record-Route';
    says(call, tx.src, 'proxy', evidence);
    // One more Via is one proxy, whatever address it sends from.
    if (upstream !== null && (upstream.dst.ip === tx.src.ip || upstream.vias === tx.vias - 1))
      says(call, upstream.dst, 'proxy', evidence);
  } else if (upstream !== null && tx.vias === 1 && upstream.vias > 0 && isOneBox(upstream, tx)) {
    says(call, upstream.dst, 'b2bua', OWN_VIA);
    says(call, tx.src, 'b2bua', OWN_VIA);
  }
}

/** Whether who got the request is who sends it on; from another address only where it is no client's second try. */
function isOneBox(upstream: Transaction, tx: Transaction): boolean {
  // The very Via on another network: an address translator lies between.
  if (tx.sameBranch(upstream)) return false;
  if (upstream.dst.ip === tx.src.ip) return true;
  // RFC 3263 §4.3: a client with several addresses tries the next server after a failure or a time-out.
  if (upstream.src.ip === tx.src.ip || upstream.final >= 300) return false;
  return Math.abs(tx.seconds - upstream.seconds) <= 1;
}

/** A 2xx or 3xx: who gives it, when it has not been passed on from another hop. */
export function answerSeen(call: OpenCall, tx: Transaction, m: SipMessage): void {
  if (tx.forwarded) return;
  const { status } = m;
  // RFC 3261 §8.3, §10.3; RFC 3903 §6.
  if (status >= 300) says(call, tx.dst, 'redirect-server', `answers ${status}`);
  else if (tx.method === METHOD.REGISTER) says(call, tx.dst, 'registrar', 'answers REGISTER');
  else if (tx.method === METHOD.PUBLISH) says(call, tx.dst, 'presence-server', 'answers PUBLISH');
}

const VIA = HEADER.Via;
const OWN_VIA = 'passes the Call-ID on with a Via of its own alone';
const QUOTE = 34;
const COMMA = 44;
const RECORD_ROUTE = HEADER['Record-Route'];

// A call may live long and hold many transactions (refreshes, keep-alives, conversations): those that are over are dropped.
import { LINGER } from './give-up.ts';
import type { OpenCall } from './open-call.ts';
import type { Transaction } from './transaction.ts';

/** The transactions to go on with; sets when to ask again. `cap` is never passed. */
export function keptTransactions(call: OpenCall, cap: number, frame: number): Transaction[] {
  const over = call.now - LINGER * 1e9;
  let kept = call.transactions.filter((tx) => tx === call.attempt || !isOver(tx, over));
  if (kept.length >= cap) {
    kept = kept.slice(kept.length - (cap >> 1));
    call.note(
      'dialog/transactions-capped',
      'warning',
      `More than ${cap} transactions of the call are open: the oldest are dropped`,
      frame,
    );
  }
  call.transactionLimit = Math.min(Math.max(64, kept.length * 2), Math.max(cap, 1));
  return kept;
}

/** Retransmissions come within 64*T1 of the first sending (RFC 3261 §17, timers B, D, F, H, J). */
function isOver(tx: Transaction, over: number): boolean {
  return Number.isNaN(tx.at) || tx.at < over;
}

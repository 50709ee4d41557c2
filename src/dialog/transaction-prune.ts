// A call may live long and hold many transactions (refreshes, keep-alives, conversations): those that are over are dropped.
import { note } from './evidence.ts';
import { LINGER } from './give-up.ts';
import type { OpenCall } from './open-call.ts';
import type { Transaction } from './transaction.ts';

/** Drops what is over, and beyond `cap` the oldest; sets when to come again. */
export function pruneTransactions(call: OpenCall, cap: number, frame: number): void {
  // Retransmissions come within 64*T1 of the first sending (RFC 3261 §17, timers B, D, F, H, J).
  const over = call.lastSeconds - LINGER;
  let kept = 0;
  let last: Transaction | null = null;
  for (let one = call.newest; one !== null; one = one.older) {
    if (one.seconds < over && one !== call.attempt) continue;
    if (kept === cap >> 1 && isFull(call, cap)) {
      note(
        call,
        'dialog/transactions-capped',
        'warning',
        `More than ${cap} transactions of the call are open: the oldest are dropped`,
        frame,
      );
      break;
    }
    if (last === null) call.newest = one;
    else last.older = one;
    last = one;
    kept++;
  }
  if (last === null) call.newest = null;
  else last.older = null;
  call.transactionsKept = kept;
  call.transactionLimit = Math.min(Math.max(64, kept * 2), Math.max(cap, 1));
}

function isFull(call: OpenCall, cap: number): boolean {
  return call.transactionsKept >= cap;
}

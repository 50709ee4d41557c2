// A call may live long and hold many transactions (refreshes, keep-alives, conversations): those that are over are dropped.

import type { CallKind } from '../call-kind.ts';
import { note } from '../evidence.ts';
import { LINGER } from '../give-up.ts';
import type { OpenCall } from '../open-call.ts';
import type { Transaction } from './transaction.ts';
import { isChallenge } from './transaction-match.ts';

/** Drops what is over, and beyond `cap` the oldest; sets when to come again. */
export function pruneTransactions(call: OpenCall, cap: number, frame: number): void {
  // Retransmissions come within 64*T1 of the first sending (RFC 3261 §17, timers B, D, F, H, J).
  const over = call.lastSeconds - LINGER;
  const challenged = call.kind === 'registration' ? newestChallenged(call.newest) : null;
  let kept = 0;
  let last: Transaction | null = null;
  for (let one = call.newest; one !== null; one = one.older) {
    if (one.seconds < over && one !== call.attempt && one !== challenged) continue;
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
  call.transactionLimit = Math.min(Math.max(pruneFrom(call.kind), kept * 2), Math.max(cap, 1));
}

/** How many transactions a call keeps before it looks which are over. A registration lasts, and each refresh is one or two. */
export function pruneFrom(kind: CallKind): number {
  return kind === 'registration' ? 12 : 64;
}

/** What the credentials of the next request answer: RFC 3261 §22.2. */
function newestChallenged(newest: Transaction | null): Transaction | null {
  for (let one = newest; one !== null; one = one.older) {
    if (one.upstream === null && isChallenge(one.final)) return one;
  }
  return null;
}

function isFull(call: OpenCall, cap: number): boolean {
  return call.transactionsKept >= cap;
}

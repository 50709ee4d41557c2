// Transactions are used again when their call is over: by the hundred thousand they would keep the collector busy.
import { Transaction } from './transaction.ts';

export class TransactionPool {
  /** The newest of each call that is over, with the older ones behind it: nothing of them is looked at before its time. */
  private readonly over: Transaction[] = [];
  private free: Transaction | null = null;

  /** One to be begun. */
  take(): Transaction {
    const tx = this.free ?? this.over.pop();
    if (tx === undefined) return new Transaction();
    this.free = tx.older;
    return tx;
  }

  /** Takes back `newest` and all older ones, `count` together; nothing else may hold them. */
  release(newest: Transaction | null, count: number): void {
    if (newest !== null && count <= MOST_OF_CALL && this.over.length < MOST_CALLS) this.over.push(newest);
  }
}

const MOST_OF_CALL = 8;
const MOST_CALLS = 1 << 15;

// Transactions are used again when their call is over: by the hundred thousand they would keep the collector busy.
import { Transaction } from './transaction.ts';

export class TransactionPool {
  /** The newest of each call that is over, with the older ones behind it: nothing of them is looked at before its time. */
  private readonly over: Transaction[] = [];
  private free: Transaction | null = null;
  private count = 0;

  /** One to be begun. */
  take(): Transaction {
    const tx = this.free ?? this.over.pop();
    if (tx === undefined) return new Transaction();
    this.free = tx.older;
    this.count--;
    return tx;
  }

  /** Takes back `newest` and all older ones, `count` together; nothing else may hold them. */
  release(newest: Transaction | null, count: number): void {
    if (newest === null || this.count + count > MOST) return;
    this.over.push(newest);
    this.count += count;
  }
}

const MOST = 1 << 18;

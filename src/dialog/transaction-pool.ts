// Transactions are used again when their call is over: by the hundred thousand they would keep the collector busy.
import { Transaction } from './transaction.ts';

export class TransactionPool {
  private free: Transaction | null = null;
  private count = 0;

  /** One to be begun. */
  take(): Transaction {
    const tx = this.free;
    if (tx === null) return new Transaction();
    this.free = tx.older;
    this.count--;
    return tx;
  }

  /** Takes back `newest` and all older ones; nothing else may hold them. */
  release(newest: Transaction | null): void {
    let one = newest;
    while (one !== null && this.count < MAX_FREE) {
      const { older } = one;
      one.clear();
      one.older = this.free;
      this.free = one;
      this.count++;
      one = older;
    }
  }
}

const MAX_FREE = 1 << 18;

// RFC 3261 §18.2.2: a response goes where Via says, which may be another box than the sender of the request; then it is seen
// at another hop than its request.
import type { TransactionFacts } from './transaction-facts.ts';

/** Whether the transaction has a final response at another hop of the call. */
export function isAnsweredElsewhere({ leg, index }: TransactionFacts): boolean {
  return leg.call.legs.some((other) => {
    return other !== leg && other.transactions.some((one) => one.index === index && one.final !== undefined);
  });
}

// The two sides of one box for one call: what came in, what went out (rules.md §0). Side A is where the box received the
// dialog-creating request, side B where it sent it.
import type { LegPair } from '../../legs/pair.ts';
import type { Adjacency } from '../../policy/policy.ts';
import type { LegFacts } from './leg-facts.ts';
import type { TransactionFacts } from './transaction-facts.ts';

export interface Crossing {
  readonly a: LegFacts;
  /** Null when nothing went out on the far side. */
  readonly b: LegFacts | null;
  /** Null likewise. */
  readonly pair: LegPair | null;
  /** Of the pairing, 0–1; 1 where there is no far side. */
  readonly confidence: number;
  readonly inbound: Adjacency | undefined;
  readonly outbound: Adjacency | undefined;
  /** The requests that crossed, those from the caller and those from the callee, in the order they came in. */
  readonly requests: readonly CrossedRequest[];
}

/** A request that the box received, and what it sent on. */
export interface CrossedRequest {
  readonly received: TransactionFacts;
  /** Undefined when it was answered or dropped by the box. */
  readonly sent: TransactionFacts | undefined;
  readonly fromCaller: boolean;
}

// A call that is over, cut into its hops, with how far the capture goes beyond it.
import { millisecondsBetween, type Timestamp } from '../../capture/timestamp.ts';
import type { Call } from '../../dialog/call.ts';
import { legsOf } from '../../legs/leg.ts';
import { LegFacts } from './leg-facts.ts';
import type { MessageFacts } from './message-facts.ts';
import type { Prack } from './reliable-response.ts';
import type { TransactionFacts } from './transaction-facts.ts';

export class CallFacts {
  readonly call: Call;
  readonly legs: readonly LegFacts[];
  /** How far the capture was read when the call was judged. */
  until: Timestamp;
  /** Of all hops, once pracksTo() was asked. */
  pracks: readonly Prack[] | undefined = undefined;

  private all: readonly TransactionFacts[] | undefined = undefined;

  constructor(call: Call, until: Timestamp) {
    this.call = call;
    this.until = until;
    this.legs = legsOf(call).map((leg) => new LegFacts(leg, this));
    joinHops(this.legs);
  }

  /** Of all hops, each hop's in order. */
  get transactions(): readonly TransactionFacts[] {
    this.all ??= this.legs.flatMap(({ transactions }) => transactions);
    return this.all;
  }

  /**
   * Whether the capture goes on for so many milliseconds after a message: only then did something not happen (guard G2).
   * Never where messages of the call were not kept.
   */
  covers(message: MessageFacts, milliseconds: number): boolean {
    if (this.call.diagnostics.some(({ code }) => CAPPED.has(code))) return false;
    return millisecondsBetween(message.sip, this.until) >= milliseconds;
  }
}

function joinHops(legs: readonly LegFacts[]): void {
  const byIndex = new Map<number, TransactionFacts>();
  for (const { transactions } of legs) {
    for (const transaction of transactions) byIndex.set(transaction.index, transaction);
  }
  for (const transaction of byIndex.values()) {
    const { upstream } = (transaction.request ?? transaction.messages[0])!.event;
    const before = upstream < 0 ? undefined : byIndex.get(upstream);
    if (before === undefined) continue;
    transaction.upstream = before;
    before.downstream.push(transaction);
  }
}

const CAPPED: ReadonlySet<string> = new Set(['dialog/events-capped', 'dialog/transactions-capped']);

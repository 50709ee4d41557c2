// A rule's visitor with what it looks at, known beforehand: a hundred visitors are shown each call, and most look at one thing.
import type { CallFacts } from './facts/call-facts.ts';
import type { Rule, Visitor } from './rule.ts';

export class Visit {
  readonly rule: Rule;
  readonly visitor: Visitor;
  /** Whether it looks at calls, or at parts of them. */
  readonly looks: boolean;
  private readonly atMessages: boolean;
  private readonly atTransactions: boolean;
  private readonly atDialogs: boolean;
  private readonly atLegs: boolean;
  private readonly atCalls: boolean;

  constructor(rule: Rule, visitor: Visitor) {
    this.rule = rule;
    this.visitor = visitor;
    this.atMessages = visitor.message !== undefined;
    this.atTransactions = visitor.transaction !== undefined;
    this.atDialogs = visitor.dialog !== undefined;
    this.atLegs = visitor.leg !== undefined;
    this.atCalls = visitor.call !== undefined;
    this.looks = this.atMessages || this.atTransactions || this.atDialogs || this.atLegs || this.atCalls;
  }

  /** Leg by leg, then the call. */
  show(facts: CallFacts): void {
    const { visitor } = this;
    for (const leg of facts.legs) {
      if (this.atMessages) for (const message of leg.distinct) visitor.message!(message);
      if (this.atTransactions) for (const one of leg.transactions) visitor.transaction!(one);
      if (this.atDialogs) for (const one of leg.dialogs) visitor.dialog!(one);
      if (this.atLegs) visitor.leg!(leg);
    }
    if (this.atCalls) visitor.call!(facts);
  }
}

// Calls and the pairs of their legs → scenarios: the calls that the SBC made of one another, told as one.
import type { Call } from '../dialog/call.ts';
import type { LegPair } from '../legs/pair.ts';

export interface Scenario {
  /** Number of its first call. */
  readonly id: number;
  /** In the order of their numbers. */
  readonly calls: readonly Call[];
}

export class Scenarios {
  private readonly byCall = new Map<number, Scenario>();

  constructor(calls: readonly Call[], pairs: readonly LegPair[]) {
    const groups = new Map<Call, Call[]>(calls.map((call) => [call, [call]]));
    for (const { a, b, confidence } of pairs) {
      const one = groups.get(a.call);
      const other = groups.get(b.call);
      if (confidence < LEAST || one === undefined || other === undefined || one === other) continue;
      const [large, small] = one.length >= other.length ? [one, other] : [other, one];
      large.push(...small);
      for (const call of small) groups.set(call, large);
    }
    for (const members of new Set(groups.values())) {
      members.sort((a, b) => a.id - b.id);
      const scenario = { id: members[0]!.id, calls: members };
      for (const { id } of members) this.byCall.set(id, scenario);
    }
  }

  /** In the order of their first calls. */
  get all(): readonly Scenario[] {
    return [...new Set(this.byCall.values())].sort((a, b) => a.id - b.id);
  }

  of(call: Call): Scenario {
    return this.byCall.get(call.id)!;
  }
}

/** Confidence from which two legs are taken for one call. */
const LEAST = 0.5;

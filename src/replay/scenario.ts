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
    // The sure ones first: what they leave alone is open to the others.
    for (const pair of pairs.toSorted((one, other) => other.confidence - one.confidence)) {
      const one = groups.get(pair.a.call);
      const other = groups.get(pair.b.call);
      if (one === undefined || other === undefined || one === other) continue;
      if (pair.confidence < LEAST && !(isUncontested(pair) && one.length + other.length === 2)) continue;
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

/** Nothing else can have come of the one, or the other of anything else: of an SBC that is known that will do, however little is alike. */
function isUncontested({ margin, contradictions }: LegPair): boolean {
  return contradictions.length === 0 && (margin === null || margin >= CLEAR);
}

/** Points that are ahead of any other candidate: more than nearness in time makes. */
const CLEAR = 15;
/** Confidence from which two legs are taken for one call. */
const LEAST = 0.5;

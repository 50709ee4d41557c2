// A leg that waits for a partner: what is compared of it, what it is found by, and what was decided of it.
import type { Candidate } from './candidate.ts';
import { countedTokens, ownTokens, soughtTokens, type Token } from './token.ts';
import type { LegTraits } from './traits.ts';

export interface Waiting {
  readonly traits: LegTraits;
  /** Second of the capture's clock when it came. */
  readonly arrival: number;
  readonly octets: number;
  /** What it is found by. */
  readonly tokens: readonly Token[];
  /** Of those, what tells less the more legs have it. */
  readonly counted: readonly Token[];
  /** What it looks for: made for one call, had by few, had by many. */
  readonly sought: readonly [readonly Token[], readonly Token[], readonly Token[]];
  /** Seconds of its last attempt. */
  readonly last: number;
  /** The near leg that it carries on, once that was decided. */
  near: Waiting | null;
  nearDecided: boolean;
  /** Its attempts that far legs carry on. */
  readonly carried: Set<number>;
  /** The far legs that carry it on, as far as was decided. */
  readonly family: Candidate[];
  /** Whether boxes and clocks were learnt from it. */
  learnt: boolean;
  /** Of the pairs it is in: which chain of pairs, and how many pairs lead to it. */
  chain: number;
  depth: number;
  /** How many near legs at its hop have each of its values, and in which settling they were counted. */
  counts: number[];
  countedIn: number;
}

/** `arrival`: second of the capture's clock. */
export function waitingOf(traits: LegTraits, arrival: number): Waiting {
  const counted = countedTokens(traits);
  let octets = 0;
  for (const { message } of traits.leg.events) octets += message.end - message.start + OVERHEAD;
  return {
    ...{ traits, octets, arrival },
    ...{ counted, tokens: ownTokens(traits, counted) },
    sought: soughtTokens(traits),
    last: traits.attempts[traits.attempts.length - 1].time,
    ...{ near: null, nearDecided: false, carried: new Set<number>(), family: [], learnt: false },
    ...{ chain: 0, depth: 0, counts: [], countedIn: 0 },
  };
}

/** What a kept message takes besides its octets. */
const OVERHEAD = 1500;

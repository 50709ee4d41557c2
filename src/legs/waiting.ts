// A leg that waits for a partner: what is compared of it, what it is found by, and what was decided of it.
import type { Candidate } from './candidate.ts';
import { hopName } from './hop.ts';
import { countedTokens, ownTokens, soughtTokens, type Token, token } from './token.ts';
import type { LegTraits } from './traits.ts';

/** Of the legs of one call. */
export interface Siblings {
  waiting: number;
}

export interface Waiting {
  readonly traits: LegTraits;
  readonly siblings: Siblings;
  /** Second of the capture's clock when it came. */
  readonly arrival: number;
  readonly octets: number;
  /** What it is found by. */
  readonly tokens: readonly Token[];
  /** So many of those, from the first, tell less the more legs have them. */
  readonly counted: number;
  /** The box it comes to. */
  readonly hop: Token;
  /** What it looks for: made for one call, had by few, had by many. */
  readonly sought: readonly [readonly Token[], readonly Token[], readonly Token[]];
  /** Seconds of its last attempt. */
  readonly last: number;
  /** The near leg that it carries on, once that was decided. */
  near: Waiting | null;
  nearDecided: boolean;
  /** Its attempts that far legs carry on. */
  readonly carried: ReadonlySet<number>;
  /** Those from `attempt` on, `count` of them, are carried on. */
  carry(attempt: number, count: number): void;
  /** The far legs that carry it on, as far as was decided. */
  family: readonly Candidate[];
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
export function waitingOf(traits: LegTraits, arrival: number, siblings: Siblings): Waiting {
  return new WaitingLeg(traits, arrival, siblings);
}

class WaitingLeg implements Waiting {
  readonly traits: LegTraits;
  readonly siblings: Siblings;
  readonly arrival: number;
  readonly octets: number;
  readonly tokens: readonly Token[];
  readonly counted: number;
  readonly hop: Token;
  readonly last: number;
  near: Waiting | null = null;
  nearDecided = false;
  carried: ReadonlySet<number> = NO_ATTEMPTS;
  family: readonly Candidate[] = NO_FAMILY;
  learnt = false;
  chain = 0;
  depth = 0;
  counts: number[] = [];
  countedIn = 0;
  private found: Waiting['sought'] | null = null;

  constructor(traits: LegTraits, arrival: number, siblings: Siblings) {
    this.traits = traits;
    this.siblings = siblings;
    this.arrival = arrival;
    let octets = 0;
    for (const { message } of traits.leg.events) octets += message.end - message.start + OVERHEAD;
    this.octets = octets;
    const counted = countedTokens(traits);
    this.counted = counted.length;
    this.tokens = ownTokens(traits, counted);
    this.hop = token('address', hopName(traits.leg));
    this.last = traits.attempts[traits.attempts.length - 1].time;
  }

  carry(attempt: number, count: number): void {
    const carried = new Set(this.carried);
    for (let i = 0; i < count; i++) carried.add(attempt + i);
    this.carried = carried;
  }

  get sought(): Waiting['sought'] {
    this.found ??= soughtTokens(this.traits);
    return this.found;
  }
}

const NO_ATTEMPTS: ReadonlySet<number> = new Set();
const NO_FAMILY: readonly Candidate[] = [];
/** What a kept message takes besides its octets. */
const OVERHEAD = 1500;

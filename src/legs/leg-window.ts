// The legs that may still find a partner, and where to find them: by each of their values, in order of time. Never all
// against all: a leg is compared with the few that share a value with it and are near in time.
import { hopAllows } from './hop.ts';
import { ownTokens, type Token } from './token.ts';
import type { LegTraits } from './traits.ts';

/** A leg that waits. */
export interface Waiting {
  readonly traits: LegTraits;
  /** In the order of arrival, from 0. */
  readonly number: number;
  /** Second of the capture's clock when it came. */
  readonly arrival: number;
  readonly octets: number;
  /** The near leg that it carries on, once that was decided. */
  near: Waiting | null;
  nearDecided: boolean;
  /** Its attempts that far legs carry on. */
  readonly carried: Set<number>;
  /** How many far legs carry it on. */
  children: number;
  /** Whether boxes and clocks were learnt from it. */
  learnt: boolean;
  /** Of the pairs it is in: which chain of pairs, and how many pairs lead to it. */
  chain: number;
  depth: number;
  /** How many near legs at its hop have each of its values, and in which settling they were counted. */
  readonly counts: Uint8Array;
  countedIn: number;
}

export class LegWindow {
  readonly waiting = new Set<Waiting>();
  octets = 0;
  private readonly byToken = new Map<Token, Waiting[]>();
  private readonly tokens = new WeakMap<Waiting, readonly Token[]>();

  get size(): number {
    return this.waiting.size;
  }

  add(one: Waiting): void {
    const tokens = ownTokens(one.traits);
    this.tokens.set(one, tokens);
    this.waiting.add(one);
    this.octets += one.octets;
    for (const name of tokens) {
      const list = this.byToken.get(name);
      if (list === undefined) this.byToken.set(name, [one]);
      else list.splice(placeOf(list, one.traits.start), 0, one);
    }
  }

  remove(gone: ReadonlySet<Waiting>): void {
    const touched = new Set<Token>();
    for (const one of gone) {
      if (!this.waiting.delete(one)) continue;
      this.octets -= one.octets;
      for (const name of this.tokens.get(one)!) touched.add(name);
    }
    for (const name of touched) {
      const left = this.byToken.get(name)!.filter((one) => this.waiting.has(one));
      if (left.length === 0) this.byToken.delete(name);
      else this.byToken.set(name, left);
    }
  }

  /** Those with this value that began nearest before `time` (or a little after), at most `most`, into `found`. */
  nearest(name: Token, time: number, span: number, late: number, most: number, found: Set<Waiting>): void {
    const list = this.byToken.get(name);
    if (list === undefined) return;
    let left = most;
    for (let at = placeOf(list, time + late) - 1; at >= 0 && left > 0; at--) {
      const one = list[at];
      if (lastAttempt(one) < time - span) {
        // A long conversation began long ago, and may still have asked again just now.
        if (one.traits.start < time - LONGEST) break;
        continue;
      }
      found.add(one);
      left--;
    }
  }

  /** How many legs have this value. */
  count(name: Token): number {
    return this.byToken.get(name)?.length ?? 0;
  }

  /** How many legs to the same box have this value; counted up to `most`. */
  sharing(name: Token, { traits }: Waiting, most: number): number {
    let count = 0;
    for (const one of this.byToken.get(name) ?? []) {
      if (one.traits.leg.to.ip !== traits.leg.to.ip || !hopAllows(one.traits, traits.leg)) continue;
      if (++count === most) break;
    }
    return Math.max(1, count);
  }
}

/** Where the first one that began after `time` stands; from the end, since legs come nearly in order. */
function placeOf(list: readonly Waiting[], time: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].traits.start <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lastAttempt({ traits }: Waiting): number {
  return traits.attempts[traits.attempts.length - 1].time;
}

const LONGEST = 3600;

// The legs that may still find a partner, and where to find them: by each of their values, in order of time. Never all
// against all: a leg is compared with the few that share a value with it and are near in time.
import { countWhile } from '../capture/count-while.ts';
import { atHop, type Token } from './token.ts';
import { TokenTable } from './token-table.ts';
import type { Waiting } from './waiting.ts';

export class LegWindow {
  readonly waiting = new Set<Waiting>();
  octets = 0;
  /** Most values are of one leg: that one, else a list. */
  private readonly byToken = new TokenTable<Waiting | Waiting[]>();
  /** Value at a box that legs come to → how many legs had it; and the same of the time before. */
  private seen = new TokenTable<number>();
  private seenBefore = new TokenTable<number>();
  private noted = 0;
  private readonly alone: Waiting[] = [];

  get size(): number {
    return this.waiting.size;
  }

  add(one: Waiting): void {
    this.note(one);
    this.waiting.add(one);
    this.octets += one.octets;
    for (const name of one.tokens) {
      const known = this.byToken.get(name);
      if (known === undefined) this.byToken.set(name, one);
      else if (Array.isArray(known)) known.splice(placeOf(known, one.traits.start), 0, one);
      else this.byToken.set(name, known.traits.start <= one.traits.start ? [known, one] : [one, known]);
    }
  }

  remove(gone: ReadonlySet<Waiting>): void {
    const shared = new Map<Waiting[], Token>();
    for (const one of gone) {
      if (!this.waiting.delete(one)) continue;
      this.octets -= one.octets;
      for (const name of one.tokens) {
        const known = this.byToken.get(name)!;
        if (Array.isArray(known)) shared.set(known, name);
        else this.byToken.delete(name);
      }
    }
    for (const [list, name] of shared) {
      const left = list.filter((one) => this.waiting.has(one));
      if (left.length === 0) this.byToken.delete(name);
      else this.byToken.set(name, left.length === 1 ? left[0] : left);
    }
  }

  /** Those with this value that began nearest before `time` (or a little after), at most `most`, into `found`. */
  nearest(name: Token, time: number, span: number, late: number, most: number, found: Set<Waiting>): void {
    const list = this.withValue(name);
    let left = most;
    let skipped = 0;
    for (let at = placeOf(list, time + late) - 1; at >= 0 && left > 0; at--) {
      const one = list[at];
      if (one.last >= time - span) {
        found.add(one);
        left--;
      } else if (++skipped > LONG_ONES) break; // A long conversation began long ago, and may have asked again just now.
    }
  }

  /** Those with this value that began after `time`, the first `most`, and that carry on nothing yet, into `found`. */
  after(name: Token, time: number, most: number, found: Set<Waiting>): void {
    const list = this.withValue(name);
    const first = placeOf(list, time);
    for (let at = first; at < list.length && at < first + most; at++)
      if (!list[at].nearDecided) found.add(list[at]);
  }

  /** How many legs have this value. */
  count(name: Token): number {
    return this.withValue(name).length;
  }

  /** How many legs to the same box had this value lately. */
  sharing(name: Token, { hop }: Waiting): number {
    const there = atHop(name, hop);
    return Math.max(1, (this.seen.get(there) ?? 0) + (this.seenBefore.get(there) ?? 0));
  }

  /** In order of time; of one alone a list that is filled again for the next. */
  private withValue(name: Token): readonly Waiting[] {
    const known = this.byToken.get(name);
    if (known === undefined) return NOBODY;
    if (Array.isArray(known)) return known;
    this.alone[0] = known;
    return this.alone;
  }

  /** Also of legs that are gone: what many calls have alike is no mark of the last ones that wait. */
  private note({ hop, tokens, counted }: Waiting): void {
    const { seen } = this;
    for (let index = 0; index < counted; index++) {
      const there = atHop(tokens[index], hop);
      seen.set(there, (seen.get(there) ?? 0) + 1);
    }
    this.noted += counted;
    if (this.noted < MOST_SEEN) return;
    this.noted = 0;
    this.seenBefore = this.seen;
    this.seen = new TokenTable();
  }
}

/** Where the first one that began after `time` stands; from the end, since legs come nearly in order. */
function placeOf(list: readonly Waiting[], time: number): number {
  return countWhile(list, ({ traits }) => traits.start <= time);
}

const NOBODY: readonly Waiting[] = [];
const LONG_ONES = 32;
/** Values noted before those of the time before are forgotten. */
const MOST_SEEN = 60_000;

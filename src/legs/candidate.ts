// For a far leg, the near ones that it may carry on: found by shared values and by time, compared, the best few kept.

import type { DiagnosticSink } from '../capture/diagnostic.ts';
import type { LegSettings } from '../policy/policy.ts';
import { METHOD } from '../sip/method.ts';
import { attemptBefore } from './attempt.ts';
import type { BoxLearning } from './box-learning.ts';
import { compareLegs, type Surroundings, type TokenKind } from './compare.ts';
import { ContactBindings } from './contact-bindings.ts';
import { leadsTo } from './direction.ts';
import { Evidence } from './evidence.ts';
import { mayCarryOn, sameAddress } from './hop.ts';
import type { LegWindow } from './leg-window.ts';
import { isLearnable, type Token, token } from './token.ts';
import type { Waiting } from './waiting.ts';

export interface Candidate {
  readonly near: Waiting;
  readonly far: Waiting;
  readonly attempt: number;
  readonly score: number;
  /** A value made for one call speaks for it, and nothing against. */
  readonly unique: boolean;
  /** More than parties and times do. */
  readonly identified: boolean;
}

export class CandidateSearch {
  private readonly window: LegWindow;
  private readonly boxes: BoxLearning;
  readonly bindings: ContactBindings;
  private readonly evidence = new Evidence();
  private relations = new Map<string, Map<string, Relation>>();
  /** Number of the settling at hand. */
  private epoch = 0;

  private readonly settings: LegSettings | undefined;

  constructor(window: LegWindow, boxes: BoxLearning, settings?: LegSettings, onCapped?: DiagnosticSink) {
    this.bindings = new ContactBindings(onCapped);
    this.window = window;
    this.boxes = boxes;
    this.settings = settings;
  }

  /** Before the first search after the window changed. */
  begin(): void {
    this.epoch++;
    this.relations = new Map();
  }

  /** Best first, at most MOST_KEPT. */
  of(far: Waiting): Candidate[] {
    const found: Candidate[] = [];
    const seen = new Set<Waiting>();
    const { traits } = far;
    const addresses = this.boxes.addressesOf(traits.leg.from.ip);
    const [sure, telling, common] = far.sought;
    const into = new Set<Waiting>();
    for (const name of sure) this.window.nearest(name, traits.start, ANY_TIME, ANY_TIME, MOST_SURE, into);
    this.justBefore(far, addresses, telling, MANY, into);
    this.compare(far, into, seen, found);
    // Nothing that only parties and time speak for could come near such a one; one that only looks like many others could
    // well be beaten by them.
    if (!found.some(({ score, identified }) => identified && score >= CLEAR)) {
      const all = [...common, ...addresses.map((ip) => token('address', ip))];
      this.justBefore(far, addresses, all, Number.POSITIVE_INFINITY, into);
      this.compare(far, into, seen, found);
    }
    found.sort((a, b) => b.score - a.score || b.near.traits.start - a.near.traits.start);
    return found.slice(0, MOST_KEPT);
  }

  /** Far legs that wait and share a value with it that few others have. */
  waitingFor(near: Waiting, into: Set<Waiting>): void {
    const [sure, telling] = near.sought;
    for (const names of [sure, telling]) {
      for (const name of names) {
        if (this.window.count(name) <= RARE)
          this.window.after(name, near.traits.start - LATE, MOST_SURE, into);
      }
    }
  }

  /** Compares two legs and keeps what was found; the same as when the candidate was scored. */
  explain({ near, far, attempt }: Candidate): Evidence {
    const evidence = new Evidence();
    evidence.clear(true);
    compareLegs(near.traits, far.traits, this.surroundings(near, far, attempt), evidence);
    return evidence;
  }

  /** Near legs that share a value made for one call with it, the nearest before it first. */
  certain(far: Waiting): Waiting[] {
    const found: Waiting[] = [];
    const [sure, telling] = far.sought;
    const { start } = far.traits;
    const same = new Set<Waiting>();
    for (const names of [sure, telling]) {
      for (const name of names) {
        // Some software writes constants where others make a new value for each call.
        if (!isLearnable(name) || !this.isOnly(name, far)) continue;
        this.window.nearest(name, start, ANY_TIME, ANY_TIME, MOST_SURE, same);
        for (const near of same)
          if (possible(near, far) && !found.includes(near) && this.isOnly(name, near)) found.push(near);
        if (same.size > 0) same.clear();
      }
    }
    return found;
  }

  private isOnly(name: Token, one: Waiting): boolean {
    return this.window.sharing(name, one) === 1;
  }

  /** Near legs between the same parties, or to the same where the caller is hidden, within some seconds of it. */
  likely(far: Waiting): Waiting[] {
    const { fromUser, toUser, targetUser, start } = far.traits;
    const called = toUser || targetUser;
    if (called === '') return [];
    const name = fromUser === '' ? token('to', called) : token('parties', `${fromUser} ${called}`);
    const found = new Set<Waiting>();
    this.window.nearest(name, start, APART, 0, MOST_SURE, found);
    if (found.size < MOST_SURE) this.window.nearest(name, start, APART, APART, MOST_SURE, found);
    return [...found].filter((near) => possible(near, far));
  }

  private compare(far: Waiting, nears: Set<Waiting>, seen: Set<Waiting>, found: Candidate[]): void {
    for (const near of nears) {
      if (seen.has(near)) continue;
      seen.add(near);
      const candidate = this.candidate(near, far);
      if (candidate !== null) found.push(candidate);
    }
  }

  /** Near legs with these values that came to its box just before, by that box's clock. */
  private justBefore(
    { traits }: Waiting,
    addresses: readonly string[],
    names: readonly Token[],
    many: number,
    into: Set<Waiting>,
  ): void {
    const { ip } = traits.leg.from;
    const span = windowOf(traits.methodId, this.settings);
    const tried: number[] = [];
    for (const address of addresses) {
      const { offset } = this.relation(address, ip);
      if (tried.includes(offset)) continue;
      tried.push(offset);
      for (const name of names) {
        if (this.window.count(name) > many) continue;
        this.window.nearest(name, traits.start - offset, span, LATE, MOST_TELLING, into);
      }
    }
  }

  private candidate(near: Waiting, far: Waiting): Candidate | null {
    if (!possible(near, far)) return null;
    const [x, y] = [near.traits, far.traits];
    const { offset } = this.relation(x.leg.to.ip, y.leg.from.ip);
    const before = attemptBefore(x.attempts, y.start - offset, LATE);
    const attempt = Math.max(0, before);
    const { evidence } = this;
    evidence.clear(false);
    const around = this.surroundings(near, far, attempt);
    compareLegs(x, y, around, evidence);
    const unique = evidence.unique && !evidence.contradicted;
    // Without a value that names the call it has to be the same box, soon after.
    const late =
      before < 0 || y.start - offset - x.attempts[attempt].time > windowOf(y.methodId, this.settings);
    const placed = around.place === 'same address' || around.place === 'same box';
    // The box is told by nothing else: then the near leg has to look like one.
    if (around.place === 'unknown' && (!leadsTo(near, far) || (!unique && this.isReversed(near, far))))
      return null;
    if (!evidence.identified && (late || !placed)) return null;
    if (late && !unique && before >= 0) return null;
    return { near, far, attempt, score: evidence.score, unique, identified: evidence.identified };
  }

  private surroundings(near: Waiting, far: Waiting, attempt: number): Surroundings {
    const { place, offset, relays } = this.relation(near.traits.leg.to.ip, far.traits.leg.from.ip);
    return {
      sharing: (kind, value) => Math.max(this.sharing(near, kind, value), this.sharing(far, kind, value)),
      place: sameAddress(near.traits.leg, far.traits) ? 'same address' : place,
      ...{ attempt, offset, relays },
      registered: this.bindings.between(near.traits, far.traits),
    };
  }

  /** Both legs are of a box that is known, but the near one leaves it and the far one comes to it. */
  private isReversed({ traits: near }: Waiting, { traits: far }: Waiting): boolean {
    const [left, came] = [near.leg.from.ip, far.leg.to.ip];
    return (left === came && this.boxes.isBox(left)) || this.relation(came, left).place === 'same box';
  }

  /** What was learnt of two addresses; asked for every comparison. */
  private relation(inside: string, outside: string): Relation {
    let from = this.relations.get(outside);
    if (from === undefined) {
      from = new Map();
      this.relations.set(outside, from);
    }
    let known = from.get(inside);
    if (known === undefined) {
      known = {
        place: this.boxes.place(inside, outside),
        offset: this.boxes.offset(inside, outside),
        relays: this.boxes.relays(inside, outside),
      };
      from.set(inside, known);
    }
    return known;
  }

  private sharing(one: Waiting, kind: TokenKind, value: string): number {
    // It has one value of each of these kinds: counted once for all its comparisons.
    const index = COUNTED.indexOf(kind);
    if (one.countedIn !== this.epoch) {
      one.countedIn = this.epoch;
      one.counts = [];
    }
    const known = index < 0 ? undefined : one.counts[index];
    if (known !== undefined) return known;
    const count = this.window.sharing(token(kind, value), one);
    if (index >= 0) one.counts[index] = count;
    return count;
  }
}

interface Relation {
  readonly place: Surroundings['place'];
  readonly offset: number;
  readonly relays: boolean;
}

/** By method and addresses. */
function possible(near: Waiting, far: Waiting): boolean {
  if (near === far || near.traits.method !== far.traits.method) return false;
  return mayCarryOn(near.traits.leg, far.traits);
}

/** Seconds in which a box sends on what it got; an INVITE may wait for databases and other servers. */
export function windowOf(methodId: number, settings?: LegSettings): number {
  if (methodId === METHOD.INVITE) return (settings?.inviteWindowMs ?? 10_000) / 1000;
  if (methodId === METHOD.MESSAGE) return (settings?.messageWindowMs ?? 2000) / 1000;
  return (settings?.windowMs ?? 5000) / 1000;
}

/** Capture threads may write a little out of order. */
const LATE = 0.005;
/** Where a value names the call, times may differ by as much as clocks do. */
const ANY_TIME = 300;
/** Clocks that nothing but parties tell of are hardly further apart. */
const APART = 3;
const MOST_SURE = 8;
const MOST_TELLING = 12;
/** Where more legs have a value, those near in time are found by their address as well. */
const MANY = 256;
const RARE = 32;
const CLEAR = 90;
const COUNTED: readonly TokenKind[] = [
  ...([
    'session',
    'charging',
    'guid',
    'tag',
    'origin',
    'number',
    'text',
    'keys',
    'answer',
    'body',
    'nonce',
  ] as const),
];
const MOST_KEPT = 8;

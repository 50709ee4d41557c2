// For a far leg, the near ones that it may carry on: found by shared values and by time, compared, the best few kept.

import type { LegSettings } from '../policy/policy.ts';
import { METHOD } from '../sip/method.ts';
import { attemptBefore } from './attempt.ts';
import type { BoxLearning } from './box-learning.ts';
import { compareLegs, type Surroundings, type TokenKind } from './compare.ts';
import { Evidence } from './evidence.ts';
import { mayCarryOn } from './hop.ts';
import type { LegWindow, Waiting } from './leg-window.ts';
import { soughtTokens, token } from './token.ts';

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
  private readonly evidence = new Evidence();
  /** Of the settling at hand. */
  private counts = new Map<Waiting, Map<string, number>>();

  private readonly settings: LegSettings | undefined;

  constructor(window: LegWindow, boxes: BoxLearning, settings?: LegSettings) {
    this.window = window;
    this.boxes = boxes;
    this.settings = settings;
  }

  /** Before the first search after the window changed. */
  begin(): void {
    this.counts = new Map();
  }

  /** Best first, at most MOST_KEPT. */
  of(far: Waiting): Candidate[] {
    const found: Candidate[] = [];
    for (const near of this.near(far)) {
      const candidate = this.candidate(near, far);
      if (candidate !== null) found.push(candidate);
    }
    found.sort((a, b) => b.score - a.score || b.near.traits.start - a.near.traits.start);
    return found.slice(0, MOST_KEPT);
  }

  /** Compares two legs and keeps what was found; the same as when the candidate was scored. */
  explain({ near, far, attempt }: Candidate): Evidence {
    const evidence = new Evidence();
    evidence.clear(true);
    compareLegs(near.traits, far.traits, this.around(near, far, attempt), evidence);
    return evidence;
  }

  /** Near legs that share a value made for one call with it, the nearest before it first. */
  certain(far: Waiting): Waiting[] {
    const found = new Set<Waiting>();
    const [sure] = soughtTokens(far.traits, []);
    const { start } = far.traits;
    for (const name of sure) {
      const same = new Set<Waiting>();
      this.window.nearest(name, start, ANY_TIME, ANY_TIME, MOST_SURE, same);
      // Some software writes constants where others make a new value for each call.
      for (const near of same)
        if (possible(near, far) && this.window.sharing(name, near, 2) === 1) found.add(near);
    }
    return [...found];
  }

  /** Near legs between the same parties, within some seconds of it. */
  likely(far: Waiting): Waiting[] {
    const { fromUser, toUser, targetUser, start } = far.traits;
    if (fromUser === '') return [];
    const found = new Set<Waiting>();
    const name = token('parties', `${fromUser} ${toUser || targetUser}`);
    this.window.nearest(name, start, APART, 0, MOST_SURE, found);
    if (found.size < MOST_SURE) this.window.nearest(name, start, APART, APART, MOST_SURE, found);
    return [...found].filter((near) => possible(near, far));
  }

  private near(far: Waiting): Set<Waiting> {
    const { window, boxes } = this;
    const { traits } = far;
    const { ip } = traits.leg.from;
    const found = new Set<Waiting>();
    const addresses = boxes.addressesOf(ip);
    const [sure, telling, common] = soughtTokens(traits, addresses);
    for (const name of sure) window.nearest(name, traits.start, ANY_TIME, ANY_TIME, MOST_SURE, found);
    const isFound = [...found].some((near) => possible(near, far));
    const span = windowOf(traits.methodId, this.settings);
    const offsets = new Set(addresses.map((address) => boxes.offset(address, ip)));
    for (const offset of offsets) {
      const time = traits.start - offset;
      for (const name of telling) window.nearest(name, time, span, LATE, isFound ? FEW : MOST_TELLING, found);
      if (isFound) continue;
      for (const name of common) window.nearest(name, time, span, LATE, MOST_TELLING, found);
    }
    return found;
  }

  private candidate(near: Waiting, far: Waiting): Candidate | null {
    if (!possible(near, far)) return null;
    const [x, y] = [near.traits, far.traits];
    const offset = this.boxes.offset(x.leg.to.ip, y.leg.from.ip);
    const before = attemptBefore(x.attempts, y.start - offset, LATE);
    const attempt = Math.max(0, before);
    const { evidence } = this;
    evidence.clear(false);
    const around = this.around(near, far, attempt);
    compareLegs(x, y, around, evidence);
    const unique = evidence.unique && !evidence.contradicted;
    // Without a value that names the call it has to be the same box, soon after.
    const late =
      before < 0 || y.start - offset - x.attempts[attempt].time > windowOf(y.methodId, this.settings);
    const placed = around.place === 'same address' || around.place === 'same box';
    if (!evidence.identified && (late || !placed)) return null;
    if (late && !unique && before >= 0) return null;
    return { near, far, attempt, score: evidence.score, unique, identified: evidence.identified };
  }

  private around(near: Waiting, far: Waiting, attempt: number): Surroundings {
    return {
      sharing: (kind, value) => this.sharing(near, kind, value),
      place: this.boxes.place(near.traits, far.traits),
      attempt,
      offset: this.boxes.offset(near.traits.leg.to.ip, far.traits.leg.from.ip),
    };
  }

  private sharing(near: Waiting, kind: TokenKind, value: string): number {
    let own = this.counts.get(near);
    if (own === undefined) {
      own = new Map();
      this.counts.set(near, own);
    }
    const name = token(kind, value);
    let count = own.get(name);
    if (count === undefined) {
      count = this.window.sharing(name, near, MOST_COUNTED);
      own.set(name, count);
    }
    return count;
  }
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
const FEW = 3;
const MOST_KEPT = 8;
const MOST_COUNTED = 16;

// Candidates → pairs: the best first, each excluding what it leaves no room for. A far leg carries on one near leg; a near
// leg may lead to several far ones, where a fork, a hunt or another attempt explains them.
import type { Candidate } from './candidate.ts';
import type { Waiting } from './waiting.ts';
import { MIDDLE } from './weights.ts';

export interface Assigned {
  readonly candidate: Candidate;
  /** How much less the next best way to pair these legs scores; null when there is none. */
  readonly margin: number | null;
  /** The other candidates of the far leg, best first. */
  readonly others: readonly Candidate[];
}

/** `byFar`: the candidates of each far leg, best first. */
export function assign(byFar: ReadonlyMap<Waiting, readonly Candidate[]>): Assigned[] {
  const all = [...byFar.values()].flat();
  all.sort((a, b) => b.score - a.score || a.far.traits.start - b.far.traits.start);
  const chosen = new Map<Waiting, Candidate>();
  const children = new Map<Waiting, Candidate[]>();
  const carried = new Map<Waiting, Set<number>>();
  for (const candidate of all) {
    const { near, far } = candidate;
    if (candidate.score < LEAST || chosen.has(far) || wayOn(far, near, chosen) !== null) continue;
    const taken = carried.get(near) ?? new Set(near.carried);
    const siblings = children.get(near) ?? [];
    if (taken.has(candidate.attempt) && !isSibling(candidate, siblings)) continue;
    for (let i = 0; i < far.traits.attempts.length; i++) taken.add(candidate.attempt + i);
    carried.set(near, taken);
    children.set(near, [...siblings, candidate]);
    chosen.set(far, candidate);
  }
  const byNear = groupByNear(all);
  return [...chosen.values()].map((candidate) => {
    const others = byFar.get(candidate.far)!.filter((other) => other !== candidate);
    return { candidate, others, margin: marginOf(candidate, others, byNear, chosen, children) };
  });
}

/**
 * A leg cannot lead to one that leads to it. Of the pairs by which one leg leads on to another, now or as was decided before, what the
 * weakest scores; null where it does not.
 */
function wayOn(from: Waiting, to: Waiting, chosen: ReadonlyMap<Waiting, Candidate>): number | null {
  let weakest = Number.POSITIVE_INFINITY;
  let one: Waiting | null = to;
  for (let steps = 0; one !== null && steps < LONGEST_CHAIN; steps++) {
    if (one === from) return weakest;
    const pair = chosen.get(one);
    if (pair !== undefined) weakest = Math.min(weakest, pair.score);
    one = pair?.near ?? one.near;
  }
  return null;
}

/** Whether a near leg whose attempt is carried on already leads to this far leg as well. */
function isSibling(candidate: Candidate, siblings: readonly Candidate[]): boolean {
  if (candidate.unique) return true;
  const { far, near, score } = candidate;
  const { traits } = far;
  return siblings.every(({ far: other, attempt }) => {
    if (attempt !== candidate.attempt) return true;
    const before = other.traits;
    // Branches of one INVITE have much in common, and one of them is answered (RFC 3261 §16.7).
    const kin = traits.callId === before.callId || traits.fromTag === before.fromTag || candidate.identified;
    const elsewhere = traits.leg.to.text !== before.leg.to.text;
    const oneAnswered = traits.final >= 300 || before.final >= 300;
    if (kin && oneAnswered && (elsewhere || near.traits.callId === traits.callId)) return score >= MIDDLE;
    return oneAnswered && elsewhere && score >= SIBLING;
  });
}

function groupByNear(all: readonly Candidate[]): Map<Waiting, Candidate[]> {
  const groups = new Map<Waiting, Candidate[]>();
  for (const one of all) {
    const group = groups.get(one.near);
    if (group === undefined) groups.set(one.near, [one]);
    else group.push(one);
  }
  return groups;
}

/** Another near leg instead, or another far leg instead; who is left over by that changes places, or goes without. */
function marginOf(
  candidate: Candidate,
  others: readonly Candidate[],
  byNear: ReadonlyMap<Waiting, readonly Candidate[]>,
  chosen: ReadonlyMap<Waiting, Candidate>,
  children: ReadonlyMap<Waiting, readonly Candidate[]>,
): number | null {
  const { near, far, score } = candidate;
  let margin: number | null = null;
  const consider = (loss: number) => {
    margin = Math.min(margin ?? Number.POSITIVE_INFINITY, Math.max(0, loss));
  };
  const instead = (from: Waiting, to: Waiting) => {
    const pairs = byNear.get(from) ?? [];
    return worth(
      pairs.find((one) => one.far === to),
      chosen,
    );
  };
  for (const other of others) {
    const held = (children.get(other.near) ?? []).find(({ attempt }) => attempt === other.attempt);
    if (held === undefined) consider(score - worth(other, chosen));
    else consider(score + held.score - worth(other, chosen) - instead(near, held.far));
  }
  for (const rival of byNear.get(near) ?? []) {
    const of = chosen.get(rival.far);
    if (rival.far === far || rival.attempt !== candidate.attempt || of?.near === near) continue;
    if (of === undefined) consider(score - worth(rival, chosen));
    else consider(score + of.score - worth(rival, chosen) - instead(of.near, far));
  }
  return margin;
}

/**
 * What a pair that was not chosen would score in the place of one that was: 0 for one that is no candidate, as if it had nothing for it.
 * Where its far leg leads to its near one, a pair on that way would have to go as well.
 */
function worth(instead: Candidate | undefined, chosen: ReadonlyMap<Waiting, Candidate>): number {
  if (instead === undefined) return 0;
  const lost = wayOn(instead.far, instead.near, chosen);
  return lost === null ? instead.score : Math.max(0, instead.score - lost);
}

/** Less than this is no pair at all. */
export const LEAST = 28;
/** What a second far leg needs that shares nothing with the first. */
const SIBLING = 62;
const LONGEST_CHAIN = 32;

// A leg that comes to a box, or leaves one, and found no partner there: what came nearest, and why it was not taken.
import { LEAST } from './assignment.ts';
import type { BoxLearning } from './box-learning.ts';
import { type Candidate, windowOf } from './candidate.ts';
import type { UnpairedLeg } from './pair.ts';
import type { Waiting } from './waiting.ts';

/** Of these legs, those that are in no pair, though one of their ends is known to be a box with two sides. */
export function unpairedOf(
  due: ReadonlySet<Waiting>,
  candidates: ReadonlyMap<Waiting, readonly Candidate[]>,
  boxes: BoxLearning,
  onUnpaired: (unpaired: UnpairedLeg) => void,
): void {
  const bestOfNear = new Map<Waiting, Candidate>();
  const open = new Set<Waiting>();
  for (const [far, list] of candidates) {
    for (const one of list) {
      if (one.score > (bestOfNear.get(one.near)?.score ?? 0)) bestOfNear.set(one.near, one);
      if (far.near === null) open.add(one.near);
    }
  }
  for (const one of due) {
    const { leg, joined } = one.traits;
    if (one.near === null && boxes.isBox(leg.from.ip)) {
      const [best] = candidates.get(one) ?? [];
      const open = best !== undefined && best.near.family.length === 0;
      onUnpaired({ leg, joined, side: 'far', open, ...nearestOf(best, best?.near, whyNothingCame(one)) });
    }
    if (one.family.length === 0 && boxes.isBox(leg.to.ip)) {
      const best = bestOfNear.get(one);
      const nearest = nearestOf(best, best?.far, whyNothingLeft(one));
      onUnpaired({ leg, joined, side: 'near', open: open.has(one), ...nearest });
    }
  }
}

function nearestOf(
  best: Candidate | undefined,
  other: Waiting | undefined,
  otherwise: string,
): Pick<UnpairedLeg, 'nearest' | 'why'> {
  if (best === undefined || other === undefined) return { nearest: null, why: otherwise };
  const score = Math.round(best.score * 10) / 10;
  const nearest = { callId: other.traits.callId, score };
  if (score < LEAST)
    return { nearest, why: `what speaks for the nearest adds up to ${score}, under ${LEAST}` };
  return { nearest, why: 'the nearest belongs to another leg' };
}

function whyNothingCame({ traits }: Waiting): string {
  return `no ${traits.method} came to the box within ${windowOf(traits.methodId)} s before that could have led to it`;
}

function whyNothingLeft({ traits }: Waiting): string {
  const { final, method, methodId } = traits;
  if (final > 0) return `the box answered ${final} itself: no ${method} left it that fits`;
  return `no ${method} left the box within ${windowOf(methodId)} s`;
}

// A leg that comes to a box, or leaves one, and found no partner there: what came nearest, and why it was not taken.
import { LEAST } from './assignment.ts';
import type { BoxLearning } from './box-learning.ts';
import { type Candidate, windowOf } from './candidate.ts';
import type { Waiting } from './leg-window.ts';
import type { UnpairedLeg } from './pair.ts';

/** None where the leg is paired, or where its ends are not known to be boxes with two sides. */
export function unpairedOf(
  one: Waiting,
  candidates: ReadonlyMap<Waiting, readonly Candidate[]>,
  boxes: BoxLearning,
): UnpairedLeg[] {
  const { leg } = one.traits;
  const found: UnpairedLeg[] = [];
  if (one.near === null && boxes.isBox(leg.from.ip)) {
    const [best] = candidates.get(one) ?? [];
    found.push({ leg, side: 'far', ...nearestOf(best, best?.near, whyNothingCame(one)) });
  }
  if (one.children === 0 && boxes.isBox(leg.to.ip)) {
    let best: Candidate | undefined;
    for (const list of candidates.values()) {
      for (const each of list) if (each.near === one && each.score > (best?.score ?? 0)) best = each;
    }
    found.push({ leg, side: 'near', ...nearestOf(best, best?.far, whyNothingLeft(one)) });
  }
  return found;
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

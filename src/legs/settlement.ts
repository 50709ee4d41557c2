// The legs that wait → pairs: boxes and clocks are learnt first from what is beyond doubt, then every far leg is given to the
// near leg that fits best.
import { type Assigned, assign } from './assignment.ts';
import { attemptBefore } from './attempt.ts';
import type { BoxLearning } from './box-learning.ts';
import type { Candidate, CandidateSearch } from './candidate.ts';
import type { LegWindow, Waiting } from './leg-window.ts';

export interface Settlement {
  readonly assigned: readonly Assigned[];
  /** The candidates of each far leg, best first. */
  readonly candidates: ReadonlyMap<Waiting, readonly Candidate[]>;
}

export function settle(window: LegWindow, search: CandidateSearch, boxes: BoxLearning): Settlement {
  learnFrom(window, search, boxes);
  search.begin();
  const candidates = new Map<Waiting, readonly Candidate[]>();
  for (const far of window.waiting) {
    if (far.nearDecided) continue;
    const found = search.of(far);
    if (found.length > 0) candidates.set(far, found);
  }
  return { assigned: assign(candidates), candidates };
}

/** First the sure ones, which set the clocks right; then those that only parties and time speak for. */
function learnFrom(window: LegWindow, search: CandidateSearch, boxes: BoxLearning): void {
  const rest: Waiting[] = [];
  for (const far of window.waiting) {
    if (far.learnt) continue;
    far.learnt = true;
    const near = nearestBefore(search.certain(far), far);
    boxes.count(far.traits);
    if (near === undefined) rest.push(far);
    else learn(boxes, near, far, true);
  }
  for (const far of rest) {
    const likely = search.likely(far).filter((near) => leadsTo(near, far));
    // One that holds it, from request to answer; or the only one there is, and then clocks may be apart.
    const around = likely.filter((near) => holds(near, far));
    const near = around.length > 0 ? nearestBefore(around, far) : likely.length === 1 ? likely[0] : undefined;
    if (near !== undefined) learn(boxes, near, far, false);
  }
  boxes.conclude();
}

function learn(boxes: BoxLearning, near: Waiting, far: Waiting, sure: boolean): void {
  const attempt = attemptOf(near, far);
  boxes.learn(near.traits, far.traits, attempt, sure);
}

/** The nearest before it of those that may have led to it: in a chain of boxes, the hop just before. */
function nearestBefore(nears: readonly Waiting[], far: Waiting): Waiting | undefined {
  let found: Waiting | undefined;
  for (const near of nears) {
    if (!leadsTo(near, far)) continue;
    if (found === undefined || distance(near, far) < distance(found, far)) found = near;
  }
  return found;
}

/**
 * Which of two legs is the near one, whatever their clocks say: it waits for its answer longer, by the time that the box takes
 * for the request and for the answer. Where they had other answers, or none, the earlier one is.
 */
function leadsTo(near: Waiting, far: Waiting): boolean {
  const { attempts, final, finalTime } = near.traits;
  const asked = attempts[attemptOf(near, far)].time;
  const { start } = far.traits;
  // A box answers a CANCEL's INVITE itself (RFC 3261 §9.2), and need not wait.
  const waited = final > 0 && final !== 487 && final === far.traits.final;
  if (!waited) return asked <= start && start <= asked + SOON;
  return finalTime - asked >= far.traits.finalTime - start;
}

/** By one clock: it began before and was answered after. */
function holds(near: Waiting, far: Waiting): boolean {
  const { attempts, final, finalTime } = near.traits;
  const asked = attempts[attemptOf(near, far)].time;
  return asked <= far.traits.start && final === far.traits.final && finalTime >= far.traits.finalTime;
}

function attemptOf(near: Waiting, far: Waiting): number {
  return Math.max(0, attemptBefore(near.traits.attempts, far.traits.start, CLOCKS));
}

/** What came later only counts where nothing came before: clocks may be apart. */
function distance(near: Waiting, far: Waiting): number {
  const spent = far.traits.start - near.traits.start;
  return spent >= 0 ? spent : LATER - spent;
}

const CLOCKS = 0.005;
const LATER = 1e6;
const SOON = 1;

// The legs that wait → pairs: boxes and clocks are learnt first from what is beyond doubt, then every far leg is given to the
// near leg that fits best.
import { METHOD } from '../sip/method.ts';
import { type Assigned, assign } from './assignment.ts';
import type { BoxLearning } from './box-learning.ts';
import type { Candidate, CandidateSearch } from './candidate.ts';
import { attemptOf, holds, leadsTo } from './direction.ts';
import type { Waiting } from './waiting.ts';

export interface Settlement {
  readonly assigned: readonly Assigned[];
  /** The candidates of each far leg, best first. */
  readonly candidates: ReadonlyMap<Waiting, readonly Candidate[]>;
}

/** Of these far legs; the near ones are all that wait. */
export function settle(fars: ReadonlySet<Waiting>, search: CandidateSearch, boxes: BoxLearning): Settlement {
  search.begin();
  learnFrom(fars, search, boxes);
  search.begin();
  const candidates = new Map<Waiting, readonly Candidate[]>();
  for (const far of fars) {
    if (far.nearDecided) continue;
    const found = search.of(far);
    if (found.length > 0) candidates.set(far, found);
  }
  return { assigned: assign(candidates), candidates };
}

/** First the sure ones, which set the clocks right; then those that only parties and time speak for. */
function learnFrom(fars: ReadonlySet<Waiting>, search: CandidateSearch, boxes: BoxLearning): void {
  const rest: Waiting[] = [];
  for (const far of fars) {
    if (far.learnt) continue;
    far.learnt = true;
    const near = nearestBefore(search.certain(far), far);
    boxes.count(far.traits);
    if (near === undefined) rest.push(far);
    else learn(search, boxes, near, far, true, false);
  }
  for (const far of rest) {
    const likely = search.likely(far).filter((near) => leadsTo(near, far));
    // One that holds it, from request to answer; or the only one there is, and then clocks may be apart.
    const around = likely.filter((near) => holds(near, far));
    const near = around.length > 0 ? nearestBefore(around, far) : likely.length === 1 ? likely[0] : undefined;
    if (near !== undefined) learn(search, boxes, near, far, false, around.length > 0);
  }
  boxes.conclude();
}

function learn(
  { bindings }: CandidateSearch,
  boxes: BoxLearning,
  near: Waiting,
  far: Waiting,
  sure: boolean,
  held: boolean,
): void {
  const attempt = attemptOf(near, far);
  boxes.learn(near.traits, far.traits, attempt, sure, held);
  if (far.traits.methodId === METHOD.REGISTER && (sure || held)) bindings.learn(near.traits, far.traits);
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

/** What came later only counts where nothing came before: clocks may be apart. */
function distance(near: Waiting, far: Waiting): number {
  const spent = far.traits.start - near.traits.start;
  return spent >= 0 ? spent : LATER - spent;
}

const LATER = 1e6;

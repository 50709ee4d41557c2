// Which of two legs of one call is the near one.
import { attemptBefore } from './attempt.ts';
import type { Waiting } from './waiting.ts';

/**
 * Whether the first can be the near one, whatever their clocks say: it waits for its answer longer, by the time that the box takes
 * for the request and for the answer. Where they had other answers, or none, the earlier one is.
 */
export function leadsTo(near: Waiting, far: Waiting): boolean {
  const { attempts, final, finalTime, joined } = near.traits;
  const asked = attempts[attemptOf(near, far)].time;
  const { start } = far.traits;
  // A box answers a CANCEL's INVITE itself (RFC 3261 §9.2), and a BYE (§15.1.2), and need not wait.
  const waited = !joined && final > 0 && final !== 487 && final === far.traits.final;
  if (!waited) return asked <= start && start <= asked + SOON;
  return finalTime - asked >= far.traits.finalTime - start;
}

/** By one clock: it began before and was answered after. */
export function holds(near: Waiting, far: Waiting): boolean {
  const { attempts, final, finalTime } = near.traits;
  const asked = attempts[attemptOf(near, far)].time;
  return asked <= far.traits.start && final === far.traits.final && finalTime >= far.traits.finalTime;
}

/** The attempt of the near leg that the far one carries on, as far as times tell. */
export function attemptOf(near: Waiting, far: Waiting): number {
  return Math.max(0, attemptBefore(near.traits.attempts, far.traits.start, CLOCKS));
}

/** Capture threads may write a little out of order. */
const CLOCKS = 0.005;
const SOON = 1;

// The messages of a leg that a box passes on, with their times. Two legs of one box run in step: what goes towards the
// callee is seen on the near leg first, what comes back on the far leg first, and the box takes its time between.
import type { CallEvent } from '../dialog/call.ts';
import { METHOD } from '../sip/method.ts';
import type { Leg } from './leg.ts';

/** In capture order; two arrays of one length. */
export interface Timeline {
  /** Direction, method and status in one number: equal ones are the same step on either leg. */
  readonly steps: readonly number[];
  /** Seconds. */
  readonly times: readonly number[];
}

/** How two timelines run in step. */
export interface Alignment {
  /** Steps that both legs have. */
  readonly common: number;
  /** Of those, how many the box took at most 20 ms, 100 ms and 500 ms for; each counts in the narrowest. */
  readonly within20: number;
  readonly within100: number;
  readonly within500: number;
  /** Steps seen after the box before they came to it. */
  readonly early: number;
}

/** Capped: a long call needs no more steps than a short one to be told. */
export function timelineOf({ events, from }: Leg): Timeline {
  const steps: number[] = [];
  const times: number[] = [];
  let failed = false;
  for (const event of events) {
    if (event.retransmissionOf > 0 || event.duplicateOf > 0) continue;
    const { message } = event;
    if (message.cseqMethodId === METHOD.INVITE && message.status >= 200) failed = message.status >= 300;
    if (!isPassedOn(event, failed)) continue;
    const away = message.src.ip === from.ip && (message.dst.ip !== from.ip || message.src === from);
    const method = message.isRequest ? message.methodId : message.cseqMethodId;
    steps.push((away ? AWAY : 0) + method * STATUSES + message.status);
    times.push(secondsOf(event));
    if (steps.length === MAX_STEPS) break;
  }
  return { steps, times };
}

/**
 * The k-th step of a kind is the k-th of its kind on the other leg, counted from `since` on the near one; an answer may be a later
 * one, for the box gives answers of its own. `offset` is how far the clock of the far leg's capture is ahead.
 */
export function align(near: Timeline, far: Timeline, since: number, offset: number): Alignment {
  const taken = TAKEN.fill(0);
  const found = { common: 0, within20: 0, within100: 0, within500: 0, early: 0 };
  for (let i = 0; i < far.steps.length; i++) {
    const step = far.steps[i];
    const time = far.times[i] - offset;
    const at = stepOf(near, step, since, time, taken);
    if (at < 0) continue;
    taken[at] = 1;
    count(found, step, time - near.times[at]);
  }
  return found;
}

/** `there`: seconds from the near step to the far one. */
function count(found: Counts, step: number, there: number): void {
  found.common++;
  const spent = step >= AWAY ? there : -there;
  if (spent < -TOLERANCE) found.early += isWaitedFor(step) ? 1 : 0;
  else if (spent <= 0.02) found.within20++;
  else if (spent <= 0.1) found.within100++;
  else if (spent <= 0.5) found.within500++;
}

/**
 * Of two legs that were under way already: which step is the first of its kind is not known, so those nearest in time are one.
 */
export function nearestSteps(near: Timeline, far: Timeline, offset: number): Alignment {
  const taken = TAKEN.fill(0);
  const found = { common: 0, within20: 0, within100: 0, within500: 0, early: 0 };
  for (let i = 0; i < far.steps.length; i++) {
    const time = far.times[i] - offset;
    let at = -1;
    for (let k = 0; k < near.steps.length; k++) {
      if (near.steps[k] !== far.steps[i] || taken[k] === 1) continue;
      if (at < 0 || Math.abs(near.times[k] - time) < Math.abs(near.times[at] - time)) at = k;
    }
    if (at < 0 || Math.abs(near.times[at] - time) > APART) continue;
    taken[at] = 1;
    count(found, far.steps[i], time - near.times[at]);
  }
  return found;
}

/** How long the box took for the steps away from the caller and for those back, as the two captures' clocks show it. */
export function passages(near: Timeline, far: Timeline, since: number): { away: number[]; back: number[] } {
  const taken = TAKEN.fill(0);
  const away: number[] = [];
  const back: number[] = [];
  for (let i = 0; i < far.steps.length; i++) {
    // The far clock is no further ahead than the first request took.
    const time = away.length === 0 ? Number.NEGATIVE_INFINITY : far.times[i] - away[0];
    const at = stepOf(near, far.steps[i], since, time, taken);
    if (at < 0) continue;
    taken[at] = 1;
    const there = far.times[i] - near.times[at];
    if (far.steps[i] >= AWAY) away.push(there);
    else back.push(-there);
  }
  return { away, back };
}

/** The first request of a method, from either side: its time, and whether it went away from the caller. */
export function firstStep(
  { steps, times }: Timeline,
  methodId: number,
): { time: number; away: boolean } | undefined {
  const at = steps.findIndex((step) => step % AWAY === methodId * STATUSES);
  return at < 0 ? undefined : { time: times[at], away: steps[at] >= AWAY };
}

export function secondsOf({ message }: CallEvent): number {
  return message.seconds + message.nanoseconds / 1e9;
}

/** The next of its kind; an answer that came before `time` the box gave itself, where there is a later one. */
function stepOf(near: Timeline, step: number, since: number, time: number, taken: Uint8Array): number {
  const first = nextOf(near, step, since, taken);
  if (first < 0 || step >= AWAY || near.times[first] >= time - TOLERANCE) return first;
  const later = nextOf(near, step, time, taken);
  return later < 0 ? first : later;
}

function nextOf({ steps, times }: Timeline, step: number, since: number, taken: Uint8Array): number {
  for (let at = 0; at < steps.length; at++) {
    if (steps[at] === step && times[at] >= since - TOLERANCE && taken[at] === 0) return at;
  }
  return -1;
}

/** RFC 3261 §8.2.6.1, §9.2, §17.1.1.3: 100, answers to CANCEL, and ACK to a failure belong to one hop. */
function isPassedOn({ message }: CallEvent, failed: boolean): boolean {
  if (message.isRequest) return message.methodId !== METHOD.ACK || !failed;
  return message.status > 100 && message.cseqMethodId !== METHOD.CANCEL;
}

/**
 * What a box has to get before it can send it on. ACK, PRACK, answers to BYE and to CANCEL it may well make itself, and refuse
 * the callee's requests (RFC 3261 §14.2: 491); the ringing it passes on first may be another branch's.
 */
function isWaitedFor(step: number): boolean {
  const method = Math.floor((step % AWAY) / STATUSES);
  const status = step % STATUSES;
  if (status === 0) return method !== METHOD.ACK && method !== METHOD.PRACK;
  if (step >= AWAY && status >= 300) return false;
  return status >= 200 && status !== 487 && method !== METHOD.BYE && method !== METHOD.PRACK;
}

type Counts = { -readonly [Name in keyof Alignment]: number };

/** Seconds; beyond it two steps of one kind are not the same one. */
const APART = 2;
/** Capture clocks are read in one thread after another: as much may be out of order. */
const TOLERANCE = 0.001;
const MAX_STEPS = 48;
/** Which near steps are taken already; filled again for each alignment. */
const TAKEN = new Uint8Array(MAX_STEPS);
const STATUSES = 1024;
const AWAY = 1 << 20;

// When two legs did the same: the far one begins soon after the near one, and both run in step until they end.
import { METHOD } from '../sip/method.ts';
import type { Frames, Surroundings } from './compare.ts';
import type { Evidence } from './evidence.ts';
import { type Alignment, align, firstStep, nearestSteps } from './timeline.ts';
import type { LegTraits } from './traits.ts';

export function compareTimes(
  x: LegTraits,
  y: LegTraits,
  around: Surroundings,
  { a, b }: Frames,
  found: Evidence,
): void {
  const { attempt, offset } = around;
  const since = x.attempts[attempt].time;
  const spent = y.start - offset - since;
  found.add('time', nearness(spent), '0 ms', found.keeps ? milliseconds(spent) : '', a, b);
  const steps = x.joined
    ? nearestSteps(x.timeline, y.timeline, offset)
    : align(x.timeline, y.timeline, since, offset);
  if (steps.early > 0) {
    found.oppose(
      'out-of-step',
      found.keeps ? `${steps.common} steps` : '',
      found.keeps ? `${steps.early} too early` : '',
      a,
      b,
    );
  } else if (steps.common > 1) {
    const close = steps.within20 + 0.7 * steps.within100 + 0.3 * steps.within500;
    const [all, fast] = found.keeps ? shownSteps(steps) : ['', ''];
    found.add('in-step', Math.min(1, (close - 1) / FULL), all, fast, a, b);
  }
  compareEnds(x, y, around, found);
}

function compareEnds(x: LegTraits, y: LegTraits, { attempt, offset }: Surroundings, found: Evidence): void {
  const [near, far] = found.keeps ? [String(x.final), String(y.final)] : ['', ''];
  const last = attempt + y.attempts.length >= x.attempts.length;
  if (x.final > 0 && y.final > 0 && last) {
    if (x.final === y.final) {
      if (Math.abs(y.finalTime - offset - x.finalTime) <= TOGETHER)
        found.add('final', 1, near, far, x.finalFrame, y.finalFrame);
    }
    // A failure may be answered by trying elsewhere, and a cancelled branch beside one that answered; nobody takes back a 2xx.
    else if (y.final < 300 && x.final >= 300)
      found.oppose('final-differs', near, far, x.finalFrame, y.finalFrame);
  }
  const one = firstStep(x.timeline, METHOD.BYE);
  const other = one === undefined ? undefined : firstStep(y.timeline, METHOD.BYE);
  if (
    one !== undefined &&
    other !== undefined &&
    one.away === other.away &&
    Math.abs(other.time - offset - one.time) <= TOGETHER
  )
    found.add('release', 1, 'BYE', 'BYE', x.finalFrame, y.finalFrame);
  if (x.reason !== '' && x.reason === y.reason)
    found.add('reason', 1, x.reason, y.reason, x.finalFrame, y.finalFrame);
}

function milliseconds(seconds: number): string {
  return `${Math.round(seconds * 1e4) / 10} ms`;
}

function shownSteps({ common, within20, within100 }: Alignment): [string, string] {
  return [`${common} steps`, `${within20 + within100} within 100 ms`];
}

/** 20 ms is as near as a box gets; beyond two seconds nearness says nothing. */
function nearness(spent: number): number {
  if (spent < -0.005 || spent > 2) return 0;
  if (spent <= 0.02) return 1;
  if (spent <= 0.1) return 0.75;
  return spent <= 0.5 ? 5 / 12 : 1 / 6;
}

/** Seconds within which two legs end as one. */
const TOGETHER = 1;
/** So many steps within 20 ms say all that steps can. */
const FULL = 7;

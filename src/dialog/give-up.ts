// How long a silent call is waited for, in capture time, and what becomes of it then. RFC 3261 §17, Table 4: T1 is 0.5 s.
import type { CallState } from './call-state.ts';
import type { OpenCall } from './open-call.ts';
import { timedOut } from './release-cause.ts';

/** Second of capture time after which nothing more is expected. */
export function deadlineOf(call: OpenCall): number {
  return call.lastSeconds + patience(call);
}

function patience(call: OpenCall): number {
  switch (call.state) {
    case 'in-call':
      return DAY;
    case 'call-setup':
    case 'pending':
      if (call.kind === 'subscription' && call.responses > 0) return grant(call);
      return call.responses > 0 ? RINGING : 2 * LINGER;
    case 'registered':
    case 'active':
      return grant(call);
    default:
      return LINGER;
  }
}

function grant(call: OpenCall): number {
  return Math.min(call.granted || HOUR, MAX_GRANT) + LINGER;
}

/** A call whose deadline is reached: nobody answered, or what was granted ran out. */
export function giveUp(call: OpenCall): void {
  const state: CallState = call.state;
  if (state === 'registered' || state === 'active') {
    call.state = 'expired';
    call.cause = timedOut(call.method);
  } else if ((state === 'call-setup' || state === 'pending') && call.responses === 0 && !call.partial) {
    // RFC 3261 §17.1.1.2 timer B, §17.1.2.2 timer F.
    call.state = 'no-response';
    call.cause = timedOut(call.method);
  }
}

/** Timers B, D, F, H, J: 64*T1. Late retransmissions still find their call. */
export const LINGER = 32;
/** Timer C is more than three minutes from the last provisional response (RFC 3261 §16.6 step 11). */
const RINGING = 600;
const HOUR = 3600;
const DAY = 86_400;
/** Longer grants are cut to this; a refresh comes earlier anyway. */
const MAX_GRANT = 7 * DAY;

// How long a silent call is waited for, in capture time, and what becomes of it then. RFC 3261 §17, Table 4: T1 is 0.5 s.
import { METHOD } from '../sip/method.ts';
import { stateOfFailure } from './invite/failure-state.ts';
import { timedOut } from './invite/release-cause.ts';
import type { OpenCall } from './open-call.ts';

/** Second of capture time after which nothing more is expected. */
export function deadlineOf(call: OpenCall): number {
  return call.lastSeconds + patience(call);
}

/** Seconds of silence after which a Call-ID that comes again is another call. */
export function patience(call: OpenCall): number {
  const inviting = call.kind === 'call' || call.kind === 'im';
  switch (call.state) {
    case 'in-call':
      return DAY;
    case 'call-setup':
      return call.responses > 0 ? RINGING : 2 * LINGER;
    case 'cancelled':
      // RFC 3261 §9.1: its final response is waited for as long again.
      return call.attempt?.final === 0 ? 2 * LINGER : LINGER;
    case 'registered':
    case 'active':
      return grant(call);
    case 'pending':
      if (call.kind === 'subscription' && call.responses > 0) return grant(call);
      break;
    case 'challenged':
    case 'diverted':
      // Somebody may have to type a password, or to choose.
      if (inviting) return PAUSE;
  }
  if (inviting) return LINGER;
  // RFC 3261 §10.2: all registrations of one client should have one Call-ID, those that fail too.
  return call.kind === 'registration' ? REGISTRATION : PAUSE;
}

function grant(call: OpenCall): number {
  return Math.min(call.granted || HOUR, MAX_GRANT) + LINGER;
}

/** What a silent call has become by `clock`: nobody answered, or what was granted ran out. */
export function giveUp(call: OpenCall, clock: number): void {
  const { state } = call;
  const silence = clock - call.lastSeconds;
  if (state === 'registered' || state === 'active') {
    if (silence < grant(call) - LINGER) return;
    call.state = 'expired';
    call.cause = timedOut(call.method, 'not refreshed');
  } else if (state === 'call-setup' && call.branchFailure !== null) {
    if (silence < LINGER || isWaitedFor(call)) return;
    call.state = stateOfFailure(call.branchFailure.status);
    call.cause = call.branchFailure;
  } else if ((state === 'call-setup' || state === 'pending') && call.responses === 0 && !call.partial) {
    // RFC 3261 §17.1.1.2 timer B, §17.1.2.2 timer F.
    if (silence < LINGER) return;
    call.state = 'no-response';
    call.cause = timedOut(state === 'call-setup' ? 'INVITE' : call.method);
  }
}

/** A branch was answered, and not finally: it may ring yet. */
function isWaitedFor(call: OpenCall): boolean {
  for (let tx = call.newest; tx !== null; tx = tx.older) {
    const isBranch = tx.initial && tx.upstream === null && tx.method === METHOD.INVITE && tx.final === 0;
    if (isBranch && tx.cseq === call.attempt?.cseq && tx.isAnswered) return true;
  }
  return false;
}

/** Timers B, D, F, H, J: 64*T1. Late retransmissions still find their call. */
export const LINGER = 32;
/** Timer C is more than three minutes from the last provisional response (RFC 3261 §16.6 step 11). */
const RINGING = 600;
/** Between the requests of one conversation, of a client that pings, of one that asks its user. */
const PAUSE = 180;
const REGISTRATION = 600;
const HOUR = 3600;
const DAY = 86_400;
/** Longer grants are cut to this; a refresh comes earlier anyway. */
const MAX_GRANT = 7 * DAY;

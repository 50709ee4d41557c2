// The requests of a leg that stand outside a dialog. A far leg belongs to one of them: a client that is challenged asks
// again (RFC 3261 §22.2), a conversation has many messages, and a box may give each a Call-ID of its own.
import type { CallEvent } from '../dialog/call.ts';
import { METHOD } from '../sip/method.ts';
import type { Leg } from './leg.ts';
import { secondsOf } from './timeline.ts';

export interface Attempt {
  /** Seconds. */
  readonly time: number;
  readonly transaction: number;
  readonly upstream: number;
  readonly frame: number;
}

export function attemptOf(event: CallEvent): Attempt {
  const { message, transaction, upstream } = event;
  return { time: secondsOf(event), transaction, upstream, frame: message.frame };
}

export function attemptsOf({ events, initial }: Leg): readonly Attempt[] {
  const attempts: Attempt[] = [];
  const seen = new Set<number>();
  for (const event of events) {
    const { message, transaction } = event;
    if (!message.isRequest || message.toTagStart >= 0 || message.method !== initial?.message.method) continue;
    if (message.methodId === METHOD.ACK) continue;
    // What the first repeats stands in another leg, or in another call with the same branch: here it is the first all the same.
    if (event !== initial && (event.retransmissionOf > 0 || event.duplicateOf > 0)) continue;
    if (seen.has(transaction)) continue;
    seen.add(transaction);
    attempts.push(attemptOf(event));
    if (attempts.length === MAX_ATTEMPTS) break;
  }
  return attempts;
}

/** The last one before `time`; the first, where that is as little later as clocks may be out of step; else -1. */
export function attemptBefore(attempts: readonly Attempt[], time: number, tolerance: number): number {
  let found = -1;
  for (let at = 0; at < attempts.length && attempts[at].time <= time; at++) found = at;
  return found < 0 && attempts[0].time <= time + tolerance ? 0 : found;
}

const MAX_ATTEMPTS = 256;

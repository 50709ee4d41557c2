// A leg that was under way when its capture began → the message that stands for it, and what of its sessions is left to see.
// RFC 3261 §15: of all requests within a dialog BYE is what a box hardly ever keeps to itself; session refreshes (RFC 4028 §7)
// and probes may go on at one side only.
import type { CallEvent } from '../dialog/call.ts';
import { METHOD } from '../sip/method.ts';

/** Its BYE, else its first request that is no ACK; undefined where there is none. */
export function standsForJoined(events: readonly CallEvent[]): CallEvent | undefined {
  let first: CallEvent | undefined;
  for (const event of events) {
    const { isRequest, methodId } = event.message;
    if (!isRequest || NEVER.has(methodId)) continue;
    if (methodId === METHOD.BYE) return event;
    first ??= event;
  }
  return first;
}

/** What such legs have in place of a method. */
export const JOINED = 'request within a dialog';

/** RFC 3261 §9.1, §13.2.2.4; RFC 3262 §4: they belong to other requests, and boxes make them themselves. */
const NEVER: ReadonlySet<number> = new Set([METHOD.ACK, METHOD.CANCEL, METHOD.PRACK]);

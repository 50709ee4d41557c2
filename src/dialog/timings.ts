// The spans of a call, with RFC 6076's names. Moments are nanoseconds from the first message of the call (NaN: not seen),
// spans milliseconds (null: not both ends seen). A response ordered before its request by the capture gives 0.
import type { Timings } from './call.ts';

/** Moments by their place in a list: numbers in one block cost a fraction of what fields would. */
export type Moments = number[];

/** First request of the call, and first final response to it, challenges too. */
export const REQUEST = 0;
export const RESPONSE = 1;
/** First INVITE of the attempt, challenges and redirections run through. */
export const INVITED = 2;
/** First 101–199, 2xx or failure. */
export const STATUS = 3;
export const RING_180 = 4;
export const RING_18X = 5;
export const FINAL = 6;
export const ANSWER = 7;
/** The BYE, or what else ended the last dialog. */
export const ENDED = 8;
export const ENDED_DONE = 9;
export const REGISTERING = 10;
export const REGISTERED = 11;
/** The message at hand. */
export const NOW = 12;

export function noMoments(): Moments {
  const { NaN: none } = Number;
  return [none, none, none, none, none, none, none, none, none, none, none, none, none];
}

export function clearMoments(moments: Moments): void {
  for (let which = REQUEST; which <= NOW; which++) moments[which] = Number.NaN;
}

/** Notes a moment unless there was one before. */
export function first(moments: Moments, which: number, now: number): void {
  if (Number.isNaN(moments[which])) moments[which] = now;
}

/** Another attempt within the call, after one that failed: RFC 6076 measures sessions one by one. */
export function attemptAnew(moments: Moments, now: number): void {
  moments[INVITED] = now;
  for (let which = STATUS; which <= FINAL; which++) moments[which] = Number.NaN;
}

export function timingsOf(at: Moments): Timings {
  return {
    // RFC 6076 §4.3: time of the status indicative response - time of the INVITE.
    sessionRequestDelay: span(at[INVITED], at[STATUS]),
    ringTime: span(Number.isNaN(at[RING_180]) ? at[RING_18X] : at[RING_180], at[FINAL]),
    setupTime: span(at[INVITED], at[ANSWER]),
    // RFC 6076 §4.5: time of the BYE - time of the 200 OK to the INVITE.
    sessionDuration: span(at[ANSWER], at[ENDED]),
    // RFC 6076 §4.4: time of the 2xx - time of the BYE; without a 2xx it is left out.
    sessionDisconnectDelay: span(at[ENDED], at[ENDED_DONE]),
    // RFC 6076 §4.1: time of the final response - time of the REGISTER; successful ones only.
    registrationRequestDelay: span(at[REGISTERING], at[REGISTERED]),
    responseDelay: span(at[REQUEST], at[RESPONSE]),
  };
}

function span(from: number, to: number): number | null {
  const nanoseconds = to - from;
  return Number.isNaN(nanoseconds) ? null : Math.max(nanoseconds, 0) / 1e6;
}

// The spans of a call, with RFC 6076's names. Moments are nanoseconds from the first message of the call (NaN: not seen),
// spans milliseconds (null: not both ends seen). A response ordered before its request by the capture gives 0.
import type { Timings } from './call.ts';

// The moments of a call stand in a row, at these places.

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

export function timingsOf(moments: Float64Array, row: number): Timings {
  spansOf(moments, row);
  return {
    sessionRequestDelay: milliseconds(0),
    ringTime: milliseconds(1),
    setupTime: milliseconds(2),
    sessionDuration: milliseconds(3),
    sessionDisconnectDelay: milliseconds(4),
    registrationRequestDelay: milliseconds(5),
    responseDelay: milliseconds(6),
  };
}

/** The moments stand in `moments` from `row` on. Sets SPANS to the nanoseconds of each span, in the order of Timings; NaN where not both ends were seen. */
export function spansOf(moments: Float64Array, row: number): void {
  // RFC 6076 §4.3: time of the status indicative response - time of the INVITE.
  SPANS[0] = span(moments[row + INVITED], moments[row + STATUS]);
  SPANS[1] = span(
    Number.isNaN(moments[row + RING_180]) ? moments[row + RING_18X] : moments[row + RING_180],
    moments[row + FINAL],
  );
  SPANS[2] = span(moments[row + INVITED], moments[row + ANSWER]);
  // RFC 6076 §4.5: time of the BYE - time of the 200 OK to the INVITE.
  SPANS[3] = span(moments[row + ANSWER], moments[row + ENDED]);
  // RFC 6076 §4.4: time of the 2xx - time of the BYE; without a 2xx it is left out.
  SPANS[4] = span(moments[row + ENDED], moments[row + ENDED_DONE]);
  // RFC 6076 §4.1: time of the final response - time of the REGISTER; successful ones only.
  SPANS[5] = span(moments[row + REGISTERING], moments[row + REGISTERED]);
  SPANS[6] = span(moments[row + REQUEST], moments[row + RESPONSE]);
}

function span(from: number, to: number): number {
  return Math.max(to - from, 0);
}

function milliseconds(which: number): number | null {
  return Number.isNaN(SPANS[which]) ? null : SPANS[which] / 1e6;
}

export const SPAN_COUNT = 7;
export const SPANS = new Float64Array(SPAN_COUNT);

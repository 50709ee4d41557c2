// The spans of a call, with RFC 6076's names. Moments are nanoseconds from the first message of the call (NaN: not seen),
// spans milliseconds (null: not both ends seen). A response ordered before its request by the capture gives 0.
import type { Timings } from './call.ts';

export class CallTimes {
  /** First request of the call. */
  request = Number.NaN;
  /** First final response to it, challenges too. */
  response = Number.NaN;
  /** First INVITE of the attempt, challenges and redirections run through. */
  invite = Number.NaN;
  /** First 101–199, 2xx or failure. */
  status = Number.NaN;
  ring180 = Number.NaN;
  ring18x = Number.NaN;
  final = Number.NaN;
  answer = Number.NaN;
  /** The BYE, or what else ended the last dialog. */
  bye = Number.NaN;
  byeDone = Number.NaN;
  register = Number.NaN;
  registered = Number.NaN;

  /** Another attempt within the call, after one that failed: RFC 6076 measures sessions one by one. */
  restart(now: number): void {
    this.invite = now;
    this.status = this.ring180 = this.ring18x = this.final = Number.NaN;
  }

  timings(): Timings {
    return {
      // RFC 6076 §4.3: time of the status indicative response - time of the INVITE.
      sessionRequestDelay: span(this.invite, this.status),
      ringTime: span(Number.isNaN(this.ring180) ? this.ring18x : this.ring180, this.final),
      setupTime: span(this.invite, this.answer),
      // RFC 6076 §4.5: time of the BYE - time of the 200 OK to the INVITE.
      sessionDuration: span(this.answer, this.bye),
      // RFC 6076 §4.4: time of the 2xx - time of the BYE; without a 2xx it is left out.
      sessionDisconnectDelay: span(this.bye, this.byeDone),
      // RFC 6076 §4.1: time of the final response - time of the REGISTER; successful ones only.
      registrationRequestDelay: span(this.register, this.registered),
      responseDelay: span(this.request, this.response),
    };
  }
}

function span(from: number, to: number): number | null {
  const nanoseconds = to - from;
  return Number.isNaN(nanoseconds) ? null : Math.max(nanoseconds, 0) / 1e6;
}

// RFC 6076's measures of sessions and registrations, for each peer that is asked and for each adjacency of a policy: delays,
// and how many attempts succeed.
import type { Call } from '../../dialog/call.ts';
import { type PercentileSummary, Sample } from './percentile.ts';

/** Ratios in percent, one decimal; null where nothing can be divided by. Delays in milliseconds. */
export interface SessionMeasures {
  /** INVITEs that begin a session and whose end is known, and how many of them ended with 3xx. */
  readonly attempts: number;
  readonly redirected: number;
  /** RFC 6076 §4.6 Session Establishment Ratio, §4.7 Session Establishment Effectiveness Ratio. */
  readonly ser: number | null;
  readonly seer: number | null;
  /** §4.8 Ineffective Session Attempts, §4.9 Session Completion Ratio. */
  readonly isa: number | null;
  readonly scr: number | null;
  /** §4.3 Session Request Delay, §4.4 Session Disconnect Delay, §4.5 Session Duration Time. */
  readonly srd: PercentileSummary | null;
  readonly sdd: PercentileSummary | null;
  readonly sdt: PercentileSummary | null;
  /** §4.2 Ineffective Registration Attempts, §4.1 Registration Request Delay. */
  readonly registrations: number;
  readonly ira: number | null;
  readonly rrd: PercentileSummary | null;
}

export class SessionCount {
  private attempts = 0;
  private redirected = 0;
  private established = 0;
  private effective = 0;
  private ineffective = 0;
  private completed = 0;
  /** Established, and still up when the capture ends. */
  private open = 0;
  private registrations = 0;
  private failedRegistrations = 0;
  private readonly srd = new Sample(SAMPLE);
  private readonly sdd = new Sample(SAMPLE);
  private readonly sdt = new Sample(SAMPLE);
  private readonly rrd = new Sample(SAMPLE);

  add(call: Call): void {
    if (call.partial) return;
    const { timings } = call;
    if (call.kind === 'registration') this.registration(call);
    else if (call.method === 'INVITE') this.session(call);
    addTo(this.srd, timings.sessionRequestDelay);
    addTo(this.sdd, timings.sessionDisconnectDelay);
    addTo(this.sdt, timings.sessionDuration);
    addTo(this.rrd, timings.registrationRequestDelay);
  }

  get empty(): boolean {
    return this.attempts === 0 && this.registrations === 0;
  }

  measures(): SessionMeasures {
    // §4.6, §4.7: redirections are left out of what is asked for.
    const asked = this.attempts - this.redirected;
    return {
      attempts: this.attempts,
      redirected: this.redirected,
      ser: percent(this.established, asked),
      seer: percent(this.established + this.effective, asked),
      isa: percent(this.ineffective, this.attempts),
      scr: percent(this.completed, this.attempts - this.open),
      srd: this.srd.summary(),
      sdd: this.sdd.summary(),
      sdt: this.sdt.summary(),
      registrations: this.registrations,
      ira: percent(this.failedRegistrations, this.registrations),
      rrd: this.rrd.summary(),
    };
  }

  private session({ state, cause, timings }: Call): void {
    const isAnswered = timings.setupTime !== null;
    // What the capture does not show the end of is no attempt that could be judged; a challenge is none (§4.3).
    if (!isAnswered && (state === 'call-setup' || state === 'challenged')) return;
    this.attempts++;
    if (isAnswered) {
      this.established++;
      if (state === 'in-call') this.open++;
      if (state === 'completed') this.completed++;
      return;
    }
    const status = cause?.method === 'INVITE' ? cause.status : 0;
    if (state === 'diverted') this.redirected++;
    else if (USERS.has(status)) this.effective++;
    // RFC 3261 §8.1.3.1: to the client, no response is a 408.
    else if (MACHINES.has(status) || state === 'no-response') this.ineffective++;
  }

  /** §4.2: failures, and what is not answered at all. */
  private registration({ state, cause }: Call): void {
    if (state === 'pending' || state === 'challenged') return;
    this.registrations++;
    const status = cause?.status ?? 0;
    if (state === 'no-response' || (state === 'failed' && !CHALLENGES.has(status) && status >= 400))
      this.failedRegistrations++;
  }
}

function addTo(sample: Sample, value: number | null): void {
  if (value !== null) sample.add(value);
}

function percent(part: number, whole: number): number | null {
  return whole <= 0 ? null : Math.round((part / whole) * 1000) / 10;
}

/** §4.7: what clearly is the doing of the user who is called. */
const USERS: ReadonlySet<number> = new Set([480, 486, 600, 603]);
/** §4.2: no failures. */
const CHALLENGES: ReadonlySet<number> = new Set([401, 402, 407]);
/** §4.8. */
const MACHINES: ReadonlySet<number> = new Set([408, 500, 503, 504]);
const SAMPLE = 10_000;

// RFC 6076 §4.1 (RRD), §4.2 (IRA), §4.4 (SDD), §4.5 (SDT): how long registering and hanging up take at each peer, and calls
// that end as soon as they were answered.
import { factEvidence } from '../evidence.ts';
import { Spans } from '../facts/percentiles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'quality/disconnect-and-registration-delay',
    severity: 'info',
    scope: 'capture',
    tier: 2,
    since: '0.2.0',
    summary:
      'Peers confirm registrations and BYEs quickly, and answered calls last longer than a few seconds.',
    why: 'Slow confirmations are early signs of overload; many very short calls are what one-way audio looks like from outside.',
    exceptions: [
      'The round of a challenge is not counted.',
      'Peers with fewer than five such calls are not judged.',
    ],
    fix: 'Look at the load of the registrar or gateway; listen to the short calls.',
    sources: [
      { document: 'RFC 6076', section: '4.1', says: 'Registration Request Delay' },
      { document: 'RFC 6076', section: '4.2', says: 'Ineffective Registration Attempts' },
      { document: 'RFC 6076', section: '4.4', says: 'Session Disconnect Delay' },
      { document: 'RFC 6076', section: '4.5', says: 'Session Duration Time' },
    ],
    messages: {
      disconnect: '{peer} confirms BYE after {p50} ms (median), {p95} ms (95 %), in {calls} calls',
      registration: '{peer} confirms REGISTER after {p50} ms (median), {p95} ms (95 %), {calls} times',
      short: '{peer}: {short} of {calls} answered calls ended within {seconds} s',
      ineffective: '{peer} refused {failed} of {calls} registrations',
    },
  },
  create({ policy, report }) {
    const { disconnectDelayMs, registrationDelayMs, shortSessionMs } = policy.thresholds;
    const peers = new Map<string, Tally>();
    return {
      call({ call }) {
        const { timings, dst, kind, state } = call;
        const { sessionDisconnectDelay, registrationRequestDelay, sessionDuration } = timings;
        if (kind !== 'call' && kind !== 'im' && kind !== 'registration') return;
        let tally = peers.get(dst.text);
        if (tally === undefined) {
          if (peers.size >= MOST) return;
          tally = {
            disconnect: new Spans(),
            registration: new Spans(),
            answered: 0,
            short: 0,
            registrations: 0,
            refused: 0,
            frames: [],
          };
          peers.set(dst.text, tally);
        }
        if (sessionDisconnectDelay !== null) tally.disconnect.add(sessionDisconnectDelay);
        if (registrationRequestDelay !== null) tally.registration.add(registrationRequestDelay);
        if (kind === 'call' && sessionDuration !== null) {
          tally.answered++;
          if (sessionDuration < shortSessionMs) {
            tally.short++;
            if (tally.frames.length < 20) tally.frames.push(call.frames[0]!);
          }
        }
        if (kind === 'registration' && !call.partial) {
          tally.registrations++;
          if (state === 'failed' || state === 'rejected') tally.refused++;
        }
      },
      end() {
        for (const [peer, tally] of peers) {
          const { disconnect, registration, answered, short, registrations, refused, frames } = tally;
          for (const [message, spans, limit] of [
            ['disconnect', disconnect, disconnectDelayMs],
            ['registration', registration, registrationDelayMs],
          ] as const) {
            const p95 = spans.percentile(0.95);
            if (spans.count < FEWEST || !(p95 > limit)) continue;
            const p50 = Math.round(spans.percentile(0.5));
            const data = { peer, p50, p95: Math.round(p95), calls: spans.count };
            report({
              message,
              data,
              at: [],
              peer,
              evidence: [factEvidence(0, 'time', '95 %', `${Math.round(p95)} ms`)],
            });
          }
          if (answered >= FEWEST && short / answered > SHORT_SHARE) {
            const data = { peer, short, calls: answered, seconds: shortSessionMs / 1000 };
            report({
              message: 'short',
              data,
              at: [],
              peer,
              frames,
              evidence: [factEvidence(frames[0]!, 'packet', 'short calls', `${short} of ${answered}`)],
            });
          }
          if (registrations >= FEWEST && refused / registrations > REFUSED_SHARE) {
            const data = { peer, failed: refused, calls: registrations };
            report({
              message: 'ineffective',
              data,
              at: [],
              peer,
              evidence: [factEvidence(0, 'packet', 'refused', `${refused} of ${registrations}`)],
            });
          }
        }
      },
    };
  },
});

interface Tally {
  readonly disconnect: Spans;
  readonly registration: Spans;
  answered: number;
  short: number;
  registrations: number;
  refused: number;
  readonly frames: number[];
}

const FEWEST = 5;
/** More than half of the answered calls, or of the registrations. */
const SHORT_SHARE = 0.5;
const REFUSED_SHARE = 0.5;
const MOST = 10_000;

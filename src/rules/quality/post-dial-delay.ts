// RFC 6076 §4.3: Session Request Delay, from the INVITE to the first answer that the caller hears; RFC 3261 §17.2.1: 100
// within 200 ms where no other answer comes.
import { factEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'quality/post-dial-delay',
    severity: 'warning',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    summary: 'A caller hears ringing, or why not, within a few seconds.',
    why: 'Callers hang up and dial again when they hear nothing.',
    exceptions: [
      'The time until somebody answers is not counted.',
      'Challenges and redirections are run through: the delay is that of the whole attempt.',
    ],
    fix: 'Look at each hop’s share in the ladder: routing look-ups, hunting through dead gateways, time-outs on UDP.',
    sources: [
      { document: 'RFC 6076', section: '4.3', says: 'Session Request Delay' },
      { document: 'RFC 3261', section: '17.2.1', says: '100 within 200 ms' },
    ],
    messages: {
      slow: 'The caller waited {seconds} s for the first answer',
      'trying-late': 'The first answer to INVITE came after {milliseconds} ms, and no 100 before it',
    },
  },
  create({ policy, report }) {
    const { postDialDelayWarningMs, postDialDelayErrorMs, tryingDelayMs } = policy.thresholds;
    return {
      call({ call, legs }) {
        if (call.partial || (call.kind !== 'call' && call.kind !== 'im')) return;
        const initial = legs[0]?.initial;
        const request = initial?.request;
        if (initial === undefined || request === undefined || request.method !== 'INVITE') return;
        const delay = call.timings.sessionRequestDelay;
        const first = initial.responses.find(({ status }) => status > 100);
        if (delay !== null && delay > postDialDelayWarningMs) {
          const seconds = (delay / 1000).toFixed(1);
          const severity = delay > postDialDelayErrorMs ? 'error' : 'warning';
          const at = first === undefined ? request : [request, first];
          report({
            message: 'slow',
            data: { seconds },
            at,
            severity,
            evidence: [factEvidence(request.frame, 'time', 'Session Request Delay', `${seconds} s`)],
          });
          return;
        }
        const answer = initial.responses[0];
        if (answer === undefined) return;
        const wait = request.millisecondsTo(answer);
        if (wait <= tryingDelayMs) return;
        const milliseconds = Math.round(wait);
        const evidence = [factEvidence(answer.frame, 'time', 'first answer', `${milliseconds} ms`)];
        report({
          message: 'trying-late',
          data: { milliseconds },
          at: [answer, request],
          severity: 'info',
          evidence,
        });
      },
    };
  },
});

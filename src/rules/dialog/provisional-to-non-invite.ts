// RFC 4320 §4: what a request other than INVITE may not be answered: 101 to 199, 408, and 100 too early over UDP.
import { METHOD } from '../../sip/method.ts';
import { factEvidence, startLineEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/provisional-to-non-invite',
    severity: 'warning',
    scope: 'transaction',
    tier: 2,
    since: '0.2.0',
    summary:
      'A request other than INVITE is answered with a final response at once, at most with 100, and never with 408.',
    why: 'A 100 over UDP stretches the retransmissions, and a 408 arrives when nobody listens any more.',
    exceptions: [
      '100 over TCP and other reliable transports, at any time.',
      '100 over UDP once timer E has grown to T2.',
      'Extension methods.',
    ],
    fix: 'Send no provisional response to these requests over UDP, and no 408 at all.',
    sources: [
      { document: 'RFC 4320', section: '4.1', says: 'provisional responses' },
      { document: 'RFC 4320', section: '4.2', says: 'no 408' },
    ],
    messages: {
      provisional: '{status} to {method}',
      timeout: '408 to {method}',
      trying: '100 to {method} over UDP before timer E reached T2',
    },
  },
  create: ({ report, policy }) => {
    const { t1Ms, t2Ms } = policy.thresholds;
    // Timer E after T1, 2*T1, 4*T1 … is set to T2 when these are over.
    let quiet = 0;
    for (let wait = t1Ms; wait < t2Ms && wait > 0; wait *= 2) quiet += wait;
    return {
      transaction(transaction) {
        const { methodId, responses, request } = transaction;
        if (methodId === METHOD.INVITE || methodId === METHOD.ACK || methodId === 0) return;
        for (const response of responses) {
          const { status, method } = response;
          if (status >= 200 && status !== 408) return;
          const at = request === undefined ? [response] : [response, request];
          const evidence = [startLineEvidence(response)];
          if (status === 408) report({ message: 'timeout', data: { method }, at, evidence });
          else if (status > 100)
            report({ message: 'provisional', data: { status, method }, at, severity: 'error', evidence });
          else if (request !== undefined && response.sip.transport === 'udp') {
            const waited = request.millisecondsTo(response);
            if (waited >= quiet) continue;
            evidence.push(factEvidence(response.frame, 'time', 'after', `${waited.toFixed(0)} ms`));
            report({ message: 'trying', data: { method }, at, severity: 'info', evidence });
          }
        }
      },
    };
  },
});

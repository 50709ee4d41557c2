// RFC 3261 §10.2.4: a phone registers again before its binding ends, and a binding that has ended leads nowhere (§10.3).
import { METHOD } from '../../sip/method.ts';
import { factEvidence, startLineEvidence } from '../evidence.ts';
import { aorOf, isCurrent, type KnownBinding } from '../facts/bindings.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'registration/stale-binding-used',
    severity: 'warning',
    scope: 'registration',
    tier: 2,
    since: '0.2.0',
    summary: 'Requests go to bindings that hold, and phones register again before theirs end.',
    why: 'Calls to a phone that is gone ring nowhere; a phone that forgot to register is not called.',
    exceptions: [
      'The binding was made before the capture, or is refreshed at another registrar.',
      'The grace that the policy allows after the end.',
      'Requests of others than the registrar.',
      'No response, where the capture ends within 64*T1 or the request was not sent again.',
    ],
    fix: 'Drop bindings at their end at the registrar; refresh at half of the interval on the phone.',
    sources: [
      { document: 'RFC 3261', section: '10.2.4', says: 'refresh before the interval has elapsed' },
      { document: 'RFC 3261', section: '10.3', says: 'bindings end with their interval, or are removed' },
    ],
    messages: {
      expired: '{method} goes to {contact} {seconds} s after its binding ended',
      removed: '{method} goes to {contact} {seconds} s after its binding was removed',
      'not-refreshed': '{aor} sends {method} {seconds} s after its binding ended, and did not register again',
      unreachable: '{method} to {contact} was not answered although its binding holds',
    },
  },
  create: ({ report, bindings, policy }) => {
    const { registrationGraceMs, t1Ms } = policy.thresholds;
    // Whole seconds are compared, and a removal may cross a request.
    const grace = registrationGraceMs / 1000 + 1;

    return {
      transaction(transaction) {
        const { initial, methodId, request, responses, leg, retransmissions } = transaction;
        if (!initial || request === undefined || methodId === METHOD.CANCEL || bindings.empty) return;
        if (methodId === METHOD.REGISTER || methodId === METHOD.ACK) return;
        const { sip, method } = request;
        const { seconds, src, dst } = sip;
        const evidence = (binding: KnownBinding) => [
          startLineEvidence(request),
          factEvidence(binding.frame, 'time', 'granted for', `${binding.until - binding.from} s`),
        ];
        const grants = bindings
          .history(sip.uri)
          .filter((one) => one.registrar.ip === src.ip && one.from <= seconds);
        const current = grants.findLast((one) => isCurrent(one, sip));
        const last = grants.at(-1);
        const contact = sip.requestUri;
        if (current !== undefined) {
          if (responses.length > 0 || !leg.call.covers(request, 64 * t1Ms)) return;
          if (sip.transport === 'udp' && retransmissions === 0) return;
          const data = { method, contact };
          report({
            message: 'unreachable',
            data,
            at: request,
            frames: [current.frame],
            evidence: evidence(current),
          });
        } else if (last !== undefined && seconds - last.until > grace) {
          report({
            message: last.removed === last.until ? 'removed' : 'expired',
            data: { method, contact, seconds: seconds - last.until },
            at: request,
            frames: [last.frame],
            evidence: evidence(last),
          });
        }
        if (sip.from === undefined) return;
        const aor = aorOf(sip.from.uri);
        const own = bindings.ofEndpoint(src).filter((one) => one.aor === aor && one.registrar.ip === dst.ip);
        const newest = own.at(-1);
        if (
          newest === undefined ||
          newest.from > seconds ||
          (newest.removed > 0 && newest.removed <= seconds)
        )
          return;
        if (seconds - newest.until <= grace || bindings.ofAor(aor).some((one) => one.until > newest.until))
          return;
        const data = { aor, method, seconds: seconds - newest.until };
        report({
          message: 'not-refreshed',
          data,
          at: request,
          frames: [newest.frame],
          evidence: evidence(newest),
        });
      },
    };
  },
});

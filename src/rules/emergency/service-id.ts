// RFC 5031 §4.2, RFC 6881 §5: a call for help says so by urn:service:sos, wherever it was dialled.

import { emergencyMark } from '../../dialog/emergency-mark.ts';
import { startLineEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'emergency/service-id',
    severity: 'warning',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    summary: 'A call for help is marked with urn:service:sos.',
    why: 'Digits mean something else in every country; without the mark proxies treat the call as any other, and may refuse or misroute it.',
    exceptions: [
      'It is a test call (urn:service:test.sos).',
      'The number only looks like one of an emergency service: change emergency-numbers in the policy.',
    ],
    fix: 'Have the phone, or the first proxy, recognise the dialled digits and write urn:service:sos as Request-URI.',
    sources: [
      { document: 'RFC 5031', section: '4.2', says: 'the sos service' },
      { document: 'RFC 6881', section: '5', says: 'dial strings are recognised and marked' },
    ],
    messages: { legacy: '{method} {target} calls for help without urn:service:sos' },
  },
  create: ({ policy, report }) => ({
    call({ legs }) {
      const request = legs[0]?.initial?.request;
      if (request === undefined || request.truncated) return;
      if (request.method !== 'INVITE' && request.method !== 'MESSAGE') return;
      if (emergencyMark(request.sip, policy) !== 'legacy') return;
      const data = { method: request.method, target: request.sip.requestUri };
      report({ message: 'legacy', data, at: request, evidence: [startLineEvidence(request)] });
    },
  }),
});

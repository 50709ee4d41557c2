// RFC 3428 §8: a MESSAGE outside of a session is at most 1300 octets, start line and headers included.
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { factEvidence, headerEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'message/im-too-large',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'A MESSAGE outside of a session is at most 1300 octets, headers included.',
    why: 'Some hop sends it by UDP, where it is cut into fragments, lost, and sent again and again.',
    exceptions: [
      'A MESSAGE within the dialog of a session.',
      'A path whose MTU the policy states, at least 200 octets larger than the message.',
      'Contents that are only named by reference (message/external-body).',
      'TCP or TLS on this hop: a warning, for the next hop may be UDP.',
    ],
    fix: 'Send long texts and files over MSRP in a session, or by reference.',
    sources: [
      { document: 'RFC 3428', section: '8', says: 'the size of the request must not exceed 1300 bytes' },
    ],
    messages: {
      request: 'MESSAGE over {transport} is larger than {limit} octets',
      body: 'MESSAGE has a body of more than {limit} octets',
    },
  },
  create: ({ report, policy }) => ({
    message(message) {
      const { sip } = message;
      if (sip.methodId !== METHOD.MESSAGE || !sip.isRequest || sip.toTagStart >= 0 || message.truncated)
        return;
      const octets = sip.end - sip.start;
      const { mtu } = policy.thresholds;
      if (octets <= LIMIT || (mtu !== null && octets + MARGIN <= mtu)) return;
      if (sip.contentType?.name === 'message/external-body') return;
      const body = sip.bodyEnd - sip.bodyStart;
      const evidence = [
        factEvidence(sip.frame, 'packet', 'size', `${octets} octets, ${body} of them body`),
        ...headerEvidence(message, HEADER['Content-Length'], 'Content-Length'),
      ];
      if (body > LIMIT) {
        report({ message: 'body', data: { limit: LIMIT }, at: message, evidence });
        return;
      }
      const data = { transport: sip.transport.toUpperCase(), limit: LIMIT };
      const severity = sip.transport === 'udp' ? 'error' : 'warning';
      report({ message: 'request', data, at: message, evidence, severity });
    },
  }),
});

const LIMIT = 1300;
const MARGIN = 200;

// RFC 8866 §5.7: c= at session level, or in every media section; its address is of the type that it names.
import { defineRule } from '../rule.ts';
import { diagnosticEvidence, sdpDiagnostics } from './sdp-diagnostic.ts';

export default defineRule({
  meta: {
    id: 'sdp/connection-missing',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary:
      'Every medium has a c= line, its own or that of the session, with an address of the type it names.',
    why: 'The peer does not know where to send media: silence, or a call refused with 400 or 488.',
    exceptions: [
      'No media lines at all.',
      'A medium that is refused or removed (port 0).',
      'Instant messaging with m=message … sip, over which no media flows: a warning.',
      'The unspecified address, which asks for hold (sdp/direction-and-hold).',
    ],
    fix: 'Have the sender write one c=IN IP4 <address> before the first m= line, with IP6 for an IPv6 address.',
    sources: [
      { document: 'RFC 8866', section: '5.7', says: 'c= stands at session level or in each media section' },
      { document: 'RFC 8866', section: '9', says: 'the grammar of addresses' },
    ],
    messages: {
      missing: 'No address for media: {problem}',
      malformed: 'The c= line is malformed: {problem}',
    },
  },
  create: ({ report }) => ({
    message(message) {
      for (const diagnostic of sdpDiagnostics(message, CODES)) {
        report({
          message: diagnostic.code === MISSING ? 'missing' : 'malformed',
          data: { problem: diagnostic.message },
          at: message,
          evidence: diagnosticEvidence(message.sdp!, diagnostic),
          severity: diagnostic.severity,
        });
      }
    },
  }),
});

const MISSING = 'sdp/connection-missing';
const CODES: ReadonlySet<string> = new Set([MISSING, 'sdp/bad-connection']);

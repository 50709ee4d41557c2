// RFC 8866 §5.1, §5.2, §5.3, §5.9: v=0, o= with six fields, s= and at least one t=; RFC 3264 §5 for what may be absent.
import { defineRule } from '../rule.ts';
import { diagnosticEvidence, sdpDiagnostics } from './sdp-diagnostic.ts';

export default defineRule({
  meta: {
    id: 'sdp/mandatory-line',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'A session description has v=0, a complete o=, an s= and at least one t=.',
    why: 'Without them it is no session description: strict peers answer 400 or 488 and the call never starts.',
    exceptions: [
      'No e= and no p=: an offer or answer needs neither.',
      'Fragments of a description (application/sdpfrag, application/trickle-ice-sdpfrag).',
    ],
    fix: 'Have the sender write v=0, o=<user> <id> <version> IN IP4 <address>, s=- and t=0 0.',
    sources: [
      { document: 'RFC 8866', section: '5.1', says: 'the version is 0' },
      { document: 'RFC 8866', section: '5.2', says: 'six fields, numeric identifiers' },
      { document: 'RFC 8866', section: '5.3', says: 'there is one s= line, with at least one character' },
      {
        document: 'RFC 3264',
        section: '5',
        says: 'e= and p= may be absent; identifiers fit 64 bits with sign',
      },
    ],
    messages: {
      missing: 'The SDP has {problem}',
      version: 'The SDP has another version than 0: {problem}',
      origin: 'The o= line is malformed: {problem}',
      time: 'The t= line is malformed: {problem}',
    },
  },
  create: ({ report }) => ({
    message(message) {
      for (const diagnostic of sdpDiagnostics(message, CODES)) {
        report({
          message: KEYS[diagnostic.code]!,
          data: { problem: diagnostic.message },
          at: message,
          evidence: diagnosticEvidence(message.sdp!, diagnostic),
        });
      }
    },
  }),
});

const KEYS: Readonly<Record<string, 'missing' | 'version' | 'origin' | 'time'>> = {
  'sdp/mandatory-line': 'missing',
  'sdp/bad-version': 'version',
  'sdp/bad-origin': 'origin',
  'sdp/bad-time': 'time',
};
const CODES: ReadonlySet<string> = new Set(Object.keys(KEYS));

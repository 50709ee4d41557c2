// RFC 8866 §5, §9: the lines of a session description come in one fixed order, each as <type>=<value>.
import { defineRule } from '../rule.ts';
import { diagnosticEvidence, sdpDiagnostics } from './sdp-diagnostic.ts';

export default defineRule({
  meta: {
    id: 'sdp/line-order',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'The lines of a session description are <type>=<value>, in the fixed order of the grammar.',
    why: 'A strict parser refuses the whole description, so that calls fail with some peers and work with others.',
    exceptions: [
      'Attributes that are not known: they are ignored.',
      'Several e=, p=, b=, t=, r= and a= lines, and several c= lines in one media section.',
    ],
    fix: 'Have the sender write v o s i u e p c b t r z k a, then for each medium m i c b k a, each line ended by CRLF.',
    sources: [
      {
        document: 'RFC 8866',
        section: '5',
        says: 'the order is fixed; an unknown type letter spoils the whole',
      },
      { document: 'RFC 8866', section: '5.3', says: 's= is not empty' },
      { document: 'RFC 8866', section: '9', says: 'the grammar' },
    ],
    messages: {
      order: 'SDP lines are out of order: {problem}',
      'bad-line': 'An SDP line is malformed: {problem}',
      'unknown-type': 'The SDP must be ignored as a whole: {problem}',
      'blank-line': 'The SDP holds a blank line',
      'empty-name': 'The s= line of the SDP is empty',
      'line-end': 'SDP line ends are not CRLF: {problem}',
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
          severity: diagnostic.severity,
        });
      }
    },
  }),
});

const KEYS: Readonly<
  Record<string, 'order' | 'bad-line' | 'unknown-type' | 'blank-line' | 'empty-name' | 'line-end'>
> = {
  'sdp/line-order': 'order',
  'sdp/bad-line': 'bad-line',
  'sdp/unknown-type': 'unknown-type',
  'sdp/blank-line': 'blank-line',
  'sdp/empty-name': 'empty-name',
  'sdp/line-end': 'line-end',
};
const CODES: ReadonlySet<string> = new Set(Object.keys(KEYS));

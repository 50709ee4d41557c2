import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const REFERENCE =
  'message/external-body;access-type="URL";URL="https://example.com/text";expiration="Mon, 05 Jan 2026 12:00:00 GMT"';

export const cases: RuleCases = {
  rule: 'message/im-too-large',
  valid: [
    { name: 'short texts', flow: flow('pager-message') },
    {
      name: 'a long text by reference',
      flow: flow('pager-message'),
      edits: [
        { at: 1, replace: 'text/plain', by: REFERENCE },
        {
          at: 1,
          replace: 'Hello, Bob.',
          by: `Content-Type: text/plain\nContent-ID: <1@example.com>\n\n${'x'.repeat(1000)}`,
        },
      ],
    },
    {
      name: 'a path of jumbo frames',
      flow: flow('pager-message'),
      edits: [{ at: 1, replace: 'Hello, Bob.', by: 'x'.repeat(1100) }],
      policy: 'thresholds:\n  mtu: 9000\n',
    },
  ],
  invalid: [
    {
      name: 'a request of more than 1300 octets by UDP',
      flow: flow('pager-message'),
      edits: [{ at: 1, replace: 'Hello, Bob.', by: 'x'.repeat(1100) }],
      findings: [{ key: 'request', frames: [1], message: 'MESSAGE over UDP is larger than 1300 octets' }],
    },
    {
      name: 'the same by TCP',
      flow: flow('pager-message').replace(/ udp$/gm, ' tcp').replaceAll('SIP/2.0/UDP', 'SIP/2.0/TCP'),
      edits: [{ at: 1, replace: 'Hello, Bob.', by: 'x'.repeat(1100) }],
      findings: [{ key: 'request', frames: [1], severity: 'warning' }],
    },
    {
      name: 'a body that is too large by itself',
      flow: flow('pager-message'),
      edits: [{ at: 3, replace: 'Are you there?', by: 'x'.repeat(1400) }],
      findings: [{ key: 'body', frames: [3] }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const TYPE =
  'message/external-body;access-type="URL";URL="https://example.com/picture";expiration="Mon, 05 Jan 2026 12:00:00 GMT"';
const CONTENT = 'Content-Type: image/png\nContent-ID: <1@example.com>\n';

export const cases: RuleCases = {
  rule: 'message/content-indirection',
  valid: [
    { name: 'a text', flow: flow('pager-message') },
    {
      name: 'a picture by https',
      flow: flow('pager-message'),
      edits: [
        { at: 1, replace: 'text/plain', by: TYPE },
        { at: 1, replace: 'Hello, Bob.', by: CONTENT },
      ],
    },
    {
      name: 'by another scheme',
      flow: flow('pager-message'),
      edits: [
        { at: 1, replace: 'text/plain', by: TYPE.replace('https:', 'ftps:') },
        { at: 1, replace: 'Hello, Bob.', by: CONTENT },
      ],
    },
  ],
  invalid: [
    {
      name: 'no access-type',
      flow: flow('pager-message'),
      edits: [
        { at: 1, replace: 'text/plain', by: TYPE.replace('access-type="URL";', '') },
        { at: 1, replace: 'Hello, Bob.', by: CONTENT },
      ],
      findings: [
        {
          key: 'no-url',
          frames: [1],
          severity: 'warning',
          message: 'message/external-body has no access-type',
        },
      ],
    },
    {
      name: 'by http',
      flow: flow('pager-message'),
      edits: [
        { at: 1, replace: 'text/plain', by: TYPE.replace('https:', 'http:') },
        { at: 1, replace: 'Hello, Bob.', by: CONTENT },
      ],
      findings: [{ key: 'cleartext', frames: [1], severity: 'warning' }],
    },
    {
      name: 'neither an end nor a version',
      flow: flow('pager-message'),
      edits: [
        { at: 1, replace: 'text/plain', by: TYPE.replace(/;expiration=.*/, '') },
        { at: 1, replace: 'Hello, Bob.', by: 'Content-Type: image/png\n' },
      ],
      findings: [
        {
          key: 'incomplete',
          frames: [1],
          message: 'message/external-body has no Content-ID and no expiration',
        },
      ],
    },
  ],
};

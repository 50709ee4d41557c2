import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'security/basic-auth',
  valid: [{ name: 'Digest', flow: flow('register-tls') }],
  invalid: [
    {
      name: 'a server asks for it',
      flow: flow('register-tls'),
      edits: [{ at: 2, add: 'WWW-Authenticate: Basic realm="example.com"' }],
      findings: [{ key: 'offered', frames: [2], message: 'WWW-Authenticate asks for Basic credentials' }],
    },
    {
      name: 'a client sends it',
      flow: flow('register-tls'),
      edits: [{ at: 3, add: 'Proxy-Authorization: Basic YWxpY2U6c2VjcmV0' }],
      findings: [{ key: 'used', frames: [3] }],
    },
  ],
};

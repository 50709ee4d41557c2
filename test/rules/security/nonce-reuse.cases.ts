import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'security/nonce-reuse',
  valid: [
    { name: 'a count that grows', flow: flow('register-tls') },
    {
      name: 'a retransmission is no reuse',
      flow: flow('register-tls'),
      // Over TLS the copy itself is judged by another rule.
      policy: 'rules:\n  dialog/retransmission-abnormal: off\n',
      edits: [{ again: 3, seconds: 0.055 }],
    },
  ],
  invalid: [
    {
      name: 'the count stays',
      flow: flow('register-tls'),
      edits: [{ at: 5, replace: 'nc=00000002', by: 'nc=00000001' }],
      findings: [
        {
          key: 'count',
          frames: [5, 3],
          message: 'nc 1 follows nc 1 for the same nonce of realm "example.com", user alice',
        },
      ],
    },
    {
      name: 'the same answer again',
      flow: flow('register-tls'),
      edits: [
        {
          at: 5,
          replace:
            'response="6c4d5e6f00112233445566778899aabb6c4d5e6f00112233445566778899aabb", algorithm=SHA-256, cnonce="c2", qop=auth, nc=00000002',
          by: 'response="5c4d5e6f00112233445566778899aabb5c4d5e6f00112233445566778899aabb", algorithm=SHA-256, cnonce="c1", qop=auth, nc=00000001',
        },
      ],
      findings: [{ key: 'replayed', frames: [5, 3] }],
    },
    {
      name: 'a nonce without qop used too often',
      flow: flow('register-tls'),
      policy: 'thresholds:\n  nonce-uses: 2\n',
      edits: [
        { at: 3, replace: ', cnonce="c1", qop=auth, nc=00000001', by: '' },
        { at: 5, replace: ', cnonce="c2", qop=auth, nc=00000002', by: '' },
        { at: 7, replace: ', cnonce="c3", qop=auth, nc=00000003', by: '' },
        { at: 2, replace: ' qop="auth",', by: '' },
      ],
      findings: [{ key: 'overused', frames: [7, 5], severity: 'warning' }],
      also: [{ rule: 'security/digest-weak', key: 'no-qop', frames: [2] }],
    },
    {
      name: 'one nonce for two clients',
      flow: flow('register-tls'),
      edits: [
        {
          insert: `=== 10.000 192.0.2.11:50001 > 192.0.2.5:5061 tls
REGISTER sips:example.com SIP/2.0
Via: SIP/2.0/TLS 192.0.2.11:50001;branch=z9hG4bK-s1;rport
Max-Forwards: 70
From: <sips:carol@example.com>;tag=s-tag
To: <sips:carol@example.com>
Call-ID: reg-2@192.0.2.11
CSeq: 1 REGISTER
Contact: <sips:carol@192.0.2.11:50001>;expires=600
Supported: path
Content-Length: 0

=== 10.010 192.0.2.5:5061 > 192.0.2.11:50001 tls
SIP/2.0 401 Unauthorized
Via: SIP/2.0/TLS 192.0.2.11:50001;branch=z9hG4bK-s1;rport=50001;received=192.0.2.11
From: <sips:carol@example.com>;tag=s-tag
To: <sips:carol@example.com>;tag=reg-tag-9
Call-ID: reg-2@192.0.2.11
CSeq: 1 REGISTER
WWW-Authenticate: Digest realm="example.com", qop="auth", nonce="n0001", algorithm=SHA-256
Content-Length: 0
`,
        },
      ],
      findings: [{ key: 'shared-nonce', frames: [6, 2], severity: 'warning' }],
    },
  ],
};

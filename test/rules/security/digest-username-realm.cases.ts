import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'security/digest-username-realm',
  valid: [
    { name: 'credentials that answer the challenge', flow: flow('register-tls') },
    {
      name: 'a stale nonce is tried again with the same password',
      flow: flow('register-tls'),
      edits: [
        { at: 4, replace: 'SIP/2.0 200 OK', by: 'SIP/2.0 401 Unauthorized' },
        { at: 4, remove: 'Contact' },
        {
          at: 4,
          add: 'WWW-Authenticate: Digest realm="example.com", qop="auth", nonce="n0002", stale=true, algorithm=SHA-256',
        },
        { at: [5, 7], replace: 'nonce="n0001"', by: 'nonce="n0002"' },
      ],
    },
  ],
  invalid: [
    {
      name: 'for another URI',
      flow: flow('register-tls'),
      edits: [{ at: 3, replace: 'uri="sips:example.com"', by: 'uri="sips:example.net"' }],
      findings: [
        {
          key: 'uri',
          frames: [3],
          message: 'Credentials are for sips:example.net, the request is for sips:example.com',
        },
      ],
    },
    {
      name: 'for another realm',
      flow: flow('register-tls'),
      edits: [{ at: 3, replace: 'realm="example.com"', by: 'realm="example.net"' }],
      findings: [{ key: 'realm', frames: [3, 2] }],
    },
    {
      name: 'a parameter is missing',
      flow: flow('register-tls'),
      edits: [{ at: 3, replace: 'nonce="n0001", ', by: '' }],
      findings: [{ key: 'malformed', frames: [3], message: 'The credentials lack nonce' }],
    },
    {
      name: 'refused, and sent again as they were',
      flow: flow('register-tls'),
      edits: [
        { at: 4, replace: 'SIP/2.0 200 OK', by: 'SIP/2.0 401 Unauthorized' },
        { at: 4, remove: 'Contact' },
        {
          at: 4,
          add: 'WWW-Authenticate: Digest realm="example.com", qop="auth", nonce="n0001", algorithm=SHA-256',
        },
        {
          at: 5,
          replace: 'response="6c4d5e6f00112233445566778899aabb6c4d5e6f00112233445566778899aabb"',
          by: 'response="5c4d5e6f00112233445566778899aabb5c4d5e6f00112233445566778899aabb"',
        },
      ],
      findings: [{ key: 'unchanged', frames: [5, 4] }],
    },
    {
      name: 'guessing',
      flow: flow('register-tls'),
      policy: 'thresholds:\n  brute-force-failures: 2\n  brute-force-time: 10min\n',
      edits: [
        { at: [4, 6], replace: 'SIP/2.0 200 OK', by: 'SIP/2.0 403 Forbidden' },
        { at: [4, 6], remove: 'Contact' },
      ],
      findings: [{ key: 'brute-force', frames: [4, 6], severity: 'error' }],
    },
    {
      name: 'finding out who exists',
      flow: `${flow('register-tls')}
=== 510.000 192.0.2.10:50001 > 192.0.2.5:5061 tls
REGISTER sips:example.com SIP/2.0
Via: SIP/2.0/TLS 192.0.2.10:50001;branch=z9hG4bK-e1;rport
Max-Forwards: 70
From: <sips:bob@example.com>;tag=e-tag
To: <sips:bob@example.com>
Call-ID: reg-3@192.0.2.10
CSeq: 1 REGISTER
Contact: <sips:bob@192.0.2.10:50001>;expires=600
Supported: path
Content-Length: 0

=== 510.010 192.0.2.5:5061 > 192.0.2.10:50001 tls
SIP/2.0 404 Not Found
Via: SIP/2.0/TLS 192.0.2.10:50001;branch=z9hG4bK-e1;rport=50001;received=192.0.2.10
From: <sips:bob@example.com>;tag=e-tag
To: <sips:bob@example.com>;tag=reg-tag-e
Call-ID: reg-3@192.0.2.10
CSeq: 1 REGISTER
Content-Length: 0
`,
      policy: 'thresholds:\n  enumeration-users: 2\n',
      findings: [{ key: 'enumeration', frames: [10] }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'security/digest-weak',
  valid: [
    { name: 'SHA-256 with qop over TLS', flow: flow('register-tls') },
    {
      name: 'decrypted before it was captured',
      flow: flow('register-tls'),
      edits: [{ over: 'tcp' }],
      policy: 'rules:\n  transport/via-mismatch: off\n',
    },
    {
      name: 'MD5 beside SHA-256, and the client takes the stronger',
      flow: flow('register-tls'),
      edits: [
        {
          at: 2,
          add: 'WWW-Authenticate: Digest realm="example.com", qop="auth", nonce="n0001", algorithm=MD5',
        },
      ],
    },
    {
      name: 'AKA',
      flow: flow('register-tls'),
      edits: [{ everywhere: 'algorithm=SHA-256', by: 'algorithm=AKAv1-MD5' }],
    },
  ],
  invalid: [
    {
      name: 'MD5 only',
      flow: flow('register-tls'),
      edits: [{ everywhere: 'algorithm=SHA-256', by: 'algorithm=MD5' }],
      findings: [
        { key: 'md5', frames: [2], message: 'The challenge of realm "example.com" offers MD5 only' },
      ],
    },
    {
      name: 'no qop',
      flow: flow('register-tls'),
      edits: [
        { at: 2, replace: ' qop="auth",', by: '' },
        { drop: [5, 6, 7, 8] },
        { at: 3, replace: ', cnonce="c1", qop=auth, nc=00000001', by: '' },
      ],
      findings: [{ key: 'no-qop', frames: [2] }],
    },
    {
      name: 'qop offered and not used',
      flow: flow('register-tls'),
      edits: [{ drop: [5, 6, 7, 8] }, { at: 3, replace: ', cnonce="c1", qop=auth, nc=00000001', by: '' }],
      findings: [{ key: 'qop-unused', frames: [3, 2] }],
    },
    {
      name: 'the weaker of two',
      flow: flow('register-tls'),
      edits: [
        {
          at: 2,
          add: 'WWW-Authenticate: Digest realm="example.com", qop="auth", nonce="n0001", algorithm=MD5',
        },
        { at: 3, replace: 'algorithm=SHA-256', by: 'algorithm=MD5' },
        { drop: [5, 6, 7, 8] },
      ],
      findings: [{ key: 'weaker-chosen', frames: [3, 2] }],
    },
    {
      name: 'over UDP',
      flow: flow('register-tls'),
      edits: [
        { everywhere: 'sips:', by: 'sip:' },
        { everywhere: 'SIP/2.0/TLS', by: 'SIP/2.0/UDP' },
        { over: 'udp' },
      ],
      findings: [{ key: 'cleartext', frames: [3, 5, 7], severity: 'info' }],
    },
  ],
};

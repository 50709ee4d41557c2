import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const DIGEST =
  'algorithm=SHA-256, username="alice", nonce="n", uri="sip:192.0.2.20;transport=tcp", response="0", qop=auth, cnonce="c", nc=00000001';

export const cases: RuleCases = {
  rule: 'message/duplicate-single-header',
  valid: [
    { name: 'a call', flow: flow('call') },
    {
      name: 'lists in several rows, and a comma in a display name',
      flow: flow('call'),
      edits: [
        { at: 1, add: 'Supported: replaces', before: 'User-Agent' },
        { everywhere: '"Alice" <', by: '"Jones, Alice" <' },
      ],
    },
    {
      name: 'credentials for two realms',
      flow: flow('tcp-options')
        .replaceAll('192.0.2.20:5060 tcp', '192.0.2.20:5061 tls')
        .replaceAll('192.0.2.20:5060 > 192.0.2.10:5060 tcp', '192.0.2.20:5061 > 192.0.2.10:5060 tls')
        .replaceAll('SIP/2.0/TCP', 'SIP/2.0/TLS'),
      edits: ['one.example', 'two.example'].map((realm) => ({
        at: 1,
        add: `Proxy-Authorization: Digest realm="${realm}", ${DIGEST}`,
      })),
    },
  ],
  invalid: [
    {
      name: 'two Content-Length',
      flow: flow('call'),
      edits: [{ at: 6, add: 'Content-Length: 0' }],
      findings: [{ key: 'repeated', frames: [6], message: 'Content-Length stands 2 times in BYE' }],
    },
    {
      name: 'the compact and the long form of one header',
      flow: flow('call'),
      edits: [
        { at: 1, add: 's: one', before: 'User-Agent' },
        { at: 1, add: 'Subject: two', before: 'User-Agent' },
      ],
      findings: [{ key: 'repeated', frames: [1], message: 'Subject stands 2 times in INVITE' }],
    },
    {
      name: 'two values in Expires',
      flow: flow('call'),
      edits: [{ at: 1, add: 'Expires: 60, 120', before: 'User-Agent' }],
      findings: [{ key: 'list', frames: [1], message: 'Expires holds several values in INVITE' }],
    },
  ],
};

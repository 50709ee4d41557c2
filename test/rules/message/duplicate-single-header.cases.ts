import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const DIGEST =
  'username="alice", nonce="n", uri="sip:bob@192.0.2.20", response="0", qop=auth, cnonce="c", nc=00000001';

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
      flow: flow('call'),
      edits: ['one.example', 'two.example'].map((realm) => ({
        at: 8,
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

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

/** Without the PRACK, which the change would leave without its response. */
const OTHERS_OFF =
  'rules:\n  sdp/*: off\n  dialog/rack-mismatch: off\n  dialog/prack-missing: off\n  dialog/2xx-before-prack: off\n  dialog/update-offer-pending: off\n';

const second = (rseq: string, tag = 'b-tag') => `=== 1.000 192.0.2.20:5060 > 192.0.2.10:5060 udp
SIP/2.0 183 Session Progress
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-i1;rport=5060;received=192.0.2.10
From: "Alice" <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=${tag}
Call-ID: reliable-1@192.0.2.10
CSeq: 1 INVITE
Contact: <sip:bob@192.0.2.20:5060>
Require: 100rel
RSeq: ${rseq}
Content-Length: 0
`;

export const cases: RuleCases = {
  rule: 'dialog/100rel-misuse',
  valid: [
    { name: 'a reliable 183', flow: flow('reliable') },
    {
      name: 'the next in order',
      flow: flow('reliable'),
      policy: OTHERS_OFF,
      edits: [{ insert: second('7002') }],
    },
    {
      name: 'another dialog of a fork counts by itself',
      flow: flow('reliable'),
      policy: `${OTHERS_OFF}  dialog/fork-unhandled: off\n`,
      edits: [{ insert: second('77', 'c-tag') }],
    },
  ],
  invalid: [
    {
      name: '100 with RSeq',
      flow: flow('reliable'),
      policy: 'rules:\n  message/header-not-applicable: off\n',
      edits: [{ at: 2, add: 'RSeq: 7', before: 'Content-Length' }],
      findings: [{ key: 'trying', frames: [2], message: '100 carries RSeq' }],
    },
    {
      name: 'an INVITE that does not offer it',
      flow: flow('reliable'),
      edits: [{ at: 1, replace: 'Supported: 100rel, timer', by: 'Supported: timer' }],
      findings: [
        {
          key: 'not-offered',
          frames: [3, 1],
          message: '183 is sent reliably, which its INVITE does not offer',
        },
      ],
    },
    {
      name: 'Require in a BYE',
      flow: flow('call'),
      edits: [{ at: 6, add: 'Require: 100rel', before: 'User-Agent' }],
      findings: [
        {
          key: 'elsewhere',
          frames: [6],
          message: 'BYE requires 100rel, which is for INVITE',
        },
      ],
    },
    {
      name: 'RSeq without Require, as on a slide of a SIP course',
      flow: flow('reliable'),
      policy: OTHERS_OFF,
      edits: [{ at: 3, remove: 'Require' }],
      findings: [{ key: 'no-require', frames: [3], message: '183 carries RSeq without Require: 100rel' }],
    },
    {
      name: 'Require without RSeq',
      flow: flow('reliable'),
      policy: OTHERS_OFF,
      edits: [{ at: 3, remove: 'RSeq' }],
      findings: [{ key: 'no-rseq', frames: [3] }],
    },
    {
      name: 'RSeq zero',
      flow: flow('reliable'),
      policy: OTHERS_OFF,
      edits: [
        { at: 3, replace: 'RSeq: 7001', by: 'RSeq: 0' },
        { at: 4, replace: 'RAck: 7001 1', by: 'RAck: 0 1' },
      ],
      findings: [{ key: 'range', frames: [3], message: 'RSeq 0 is out of its range' }],
    },
    {
      name: 'a step of two',
      flow: flow('reliable'),
      policy: OTHERS_OFF,
      edits: [{ insert: second('7003') }],
      findings: [{ key: 'step', frames: [9], message: '183 has RSeq 7003 after 7001' }],
    },
    {
      name: 'an unreliable 180 where the INVITE requires reliable ones',
      flow: flow('reliable'),
      edits: [{ at: 1, add: 'Require: 100rel', before: 'Content-Type' }],
      findings: [
        {
          key: 'unreliable',
          frames: [8, 1],
          message: '180 is not reliable, which its INVITE requires',
        },
      ],
    },
  ],
};

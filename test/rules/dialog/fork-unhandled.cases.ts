import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'dialog/fork-unhandled',
  valid: [
    { name: 'both acknowledged, one ended', flow: flow('fork-answered-twice') },
    {
      name: 'the capture ends first',
      flow: flow('fork-answered-twice'),
      edits: [{ drop: [6, 7, 8, 9, 10, 11, 12] }],
    },
  ],
  invalid: [
    {
      name: 'two places ring',
      flow: flow('call'),
      edits: [
        {
          insert: `=== 0.300 192.0.2.20:5060 > 192.0.2.10:5060 udp
SIP/2.0 180 Ringing
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-a1;rport=5060;received=192.0.2.10
From: "Alice" <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=c-tag
Call-ID: call-1@192.0.2.10
CSeq: 1 INVITE
Contact: <sip:bob@192.0.2.20:5062>
Content-Length: 0
`,
        },
      ],
      findings: [
        {
          key: 'forked',
          frames: [1, 3, 4],
          severity: 'info',
          message: 'INVITE rings in several places: provisional responses with 2 To tags',
        },
      ],
    },
    {
      name: 'the second answer is not acknowledged',
      flow: flow('fork-answered-twice'),
      edits: [{ drop: 6 }],
      findings: [
        {
          key: 'no-ack',
          frames: [5, 1],
          message: '2xx with the To tag c-tag was not acknowledged, one of 2 answers to an INVITE',
        },
      ],
    },
    {
      name: 'neither dialog is ended',
      flow: flow('fork-answered-twice'),
      edits: [{ drop: [7, 8, 9, 10] }],
      findings: [
        {
          key: 'no-bye',
          frames: [1, 3, 5],
          message: '2 answers to one INVITE were acknowledged and none of their dialogs was ended',
        },
      ],
    },
  ],
};

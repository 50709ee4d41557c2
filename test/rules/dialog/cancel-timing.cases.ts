import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'dialog/cancel-timing',
  valid: [
    { name: 'after 180', flow: flow('cancelled') },
    {
      name: 'after 100',
      flow: flow('cancelled'),
      edits: [{ at: 4, seconds: 0.05 }, { at: 5, seconds: 0.06 }, { drop: 3 }],
    },
    {
      name: 'crossing the final response',
      flow: flow('cancelled'),
      edits: [
        { at: 6, replace: '487 Request Terminated', by: '486 Busy Here' },
        { at: 6, seconds: 2.8 },
        { at: 7, seconds: 3.1 },
        { at: 5, replace: '200 OK', by: '481 Call/Transaction Does Not Exist' },
      ],
    },
    {
      name: 'a capture without responses',
      flow: flow('cancelled'),
      edits: [{ drop: [2, 3, 5, 6, 7] }],
    },
  ],
  invalid: [
    {
      name: 'before the first response',
      flow: flow('cancelled'),
      edits: [
        { at: 2, seconds: 0.1 },
        { at: 4, seconds: 0.05 },
      ],
      findings: [
        {
          key: 'too-early',
          frames: [2, 1],
          severity: 'error',
          message: 'CANCEL before any response to its INVITE',
        },
      ],
    },
    {
      name: 'after the ACK to the final response',
      flow: flow('cancelled'),
      edits: [
        { at: 6, replace: '487 Request Terminated', by: '486 Busy Here' },
        { at: 6, seconds: 2.8 },
        { at: 7, seconds: 2.9 },
        { at: 5, replace: '200 OK', by: '481 Call/Transaction Does Not Exist' },
      ],
      findings: [
        {
          key: 'too-late',
          frames: [6, 4],
          severity: 'info',
          message: 'CANCEL after the INVITE was answered 486',
        },
      ],
    },
    {
      name: 'of a SUBSCRIBE',
      flow: flow('subscription'),
      edits: [
        { at: 2, seconds: 0.09 },
        {
          insert: `=== 0.020 192.0.2.10:5060 > 192.0.2.20:5060 udp
CANCEL sip:bob@192.0.2.20 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-s1;rport
Max-Forwards: 70
From: <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>
Call-ID: subscription-1@192.0.2.10
CSeq: 1 CANCEL
Content-Length: 0

=== 0.030 192.0.2.20:5060 > 192.0.2.10:5060 udp
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-s1;rport=5060;received=192.0.2.10
From: <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=b-tag
Call-ID: subscription-1@192.0.2.10
CSeq: 1 CANCEL
Content-Length: 0
`,
        },
      ],
      findings: [{ key: 'not-invite', frames: [2, 1], message: 'CANCEL of SUBSCRIBE' }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'dialog/cancel-no-487',
  valid: [
    { name: '200 and 487', flow: flow('cancelled') },
    {
      name: 'the INVITE was refused otherwise',
      flow: flow('cancelled'),
      edits: [{ at: 6, replace: '487 Request Terminated', by: '603 Decline' }],
    },
    {
      name: '481 for a CANCEL that came too late',
      flow: flow('cancelled'),
      edits: [
        { at: 6, replace: '487 Request Terminated', by: '486 Busy Here' },
        { at: 6, seconds: 2.95 },
        { at: 5, replace: '200 OK', by: '481 Call/Transaction Does Not Exist' },
      ],
    },
    { name: 'the capture ends first', flow: flow('cancelled'), edits: [{ drop: [6, 7, 8, 9] }] },
  ],
  invalid: [
    {
      name: 'no final response to the INVITE',
      flow: flow('cancelled'),
      edits: [{ drop: [6, 7] }],
      findings: [
        {
          key: 'no-final',
          frames: [1, 4, 5],
          message: 'INVITE was cancelled and got no final response',
        },
      ],
    },
    {
      name: '487 with the CSeq of the CANCEL, as on a slide of a SIP course',
      flow: flow('cancelled'),
      edits: [
        { at: 5, replace: '200 OK', by: '487 Request Terminated' },
        { at: 6, replace: '487 Request Terminated', by: '486 Busy Here' },
      ],
      findings: [
        {
          key: '487-to-cancel',
          frames: [5, 4],
          message: '487 answers the CANCEL; it belongs to the INVITE',
        },
      ],
    },
    {
      name: 'a CANCEL asked for credentials',
      flow: flow('cancelled'),
      edits: [{ at: 5, replace: '200 OK', by: '403 Forbidden' }],
      findings: [{ key: 'answer', frames: [5, 4], message: 'CANCEL was answered 403' }],
    },
    {
      name: 'a CANCEL for nothing accepted',
      flow: flow('call'),
      edits: [
        {
          insert: `=== 30.000 192.0.2.20:5060 > 192.0.2.10:5060 udp
CANCEL sip:alice@192.0.2.10:5060 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK-b7;rport
Max-Forwards: 70
From: <sip:bob@example.com>;tag=b-tag
To: "Alice" <sip:alice@example.com>;tag=a-tag
Call-ID: call-1@192.0.2.10
CSeq: 7 CANCEL
Content-Length: 0

=== 30.010 192.0.2.10:5060 > 192.0.2.20:5060 udp
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK-b7;rport=5060;received=192.0.2.20
From: <sip:bob@example.com>;tag=b-tag
To: "Alice" <sip:alice@example.com>;tag=a-tag
Call-ID: call-1@192.0.2.10
CSeq: 7 CANCEL
Content-Length: 0
`,
        },
      ],
      findings: [
        {
          key: 'unmatched',
          frames: [9, 8],
          severity: 'warning',
          message: 'CANCEL that matches no request was answered 200',
        },
      ],
    },
  ],
};

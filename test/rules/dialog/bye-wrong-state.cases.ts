import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

/** bob hangs up: the BYE of the call the other way round. */
const fromBob = (seconds: number) => `=== ${seconds.toFixed(3)} 192.0.2.20:5060 > 192.0.2.10:5060 udp
BYE sip:alice@192.0.2.10:5060 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK-b1;rport
Max-Forwards: 70
From: <sip:bob@example.com>;tag=b-tag
To: "Alice" <sip:alice@example.com>;tag=a-tag
Call-ID: call-1@192.0.2.10
CSeq: 1 BYE
Content-Length: 0

=== ${(seconds + 0.01).toFixed(3)} 192.0.2.10:5060 > 192.0.2.20:5060 udp
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK-b1;rport=5060;received=192.0.2.20
From: <sip:bob@example.com>;tag=b-tag
To: "Alice" <sip:alice@example.com>;tag=a-tag
Call-ID: call-1@192.0.2.10
CSeq: 1 BYE
Content-Length: 0
`;

export const cases: RuleCases = {
  rule: 'dialog/bye-wrong-state',
  valid: [
    { name: 'BYE by the caller', flow: flow('call') },
    { name: 'the 2xx is not in the capture', flow: flow('call'), edits: [{ drop: 4 }] },
    {
      name: 'BYE by the callee after the ACK',
      flow: flow('call'),
      edits: [{ drop: [6, 7] }, { insert: fromBob(12) }],
    },
    {
      name: 'BYE by the callee after it waited in vain for the ACK',
      flow: flow('call'),
      policy: 'rules:\n  dialog/ack-missing: off\n',
      edits: [{ drop: [5, 6, 7] }, { insert: fromBob(34.1) }],
    },
  ],
  invalid: [
    {
      name: 'BYE by the callee while it rings',
      flow: flow('cancelled'),
      edits: [{ drop: [4, 5] }, { insert: fromBob(2) }],
      findings: [
        {
          key: 'callee-early',
          frames: [4, 1],
          severity: 'error',
          message: 'BYE by the callee before it answered the INVITE',
        },
      ],
    },
    {
      name: 'BYE by the callee before the ACK',
      flow: flow('call'),
      edits: [{ drop: [6, 7] }, { insert: fromBob(2.01) }, { at: 5, seconds: 2.015 }],
      findings: [
        {
          key: 'before-ack',
          frames: [5, 4, 6],
          message: 'BYE by the callee before the ACK to its 200',
        },
      ],
    },
    {
      name: 'BYE by the caller in an early dialog',
      flow: flow('cancelled'),
      edits: [
        { drop: [4, 5] },
        {
          insert: `=== 3.000 192.0.2.10:5060 > 192.0.2.20:5060 udp
BYE sip:bob@192.0.2.20:5060 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-a3;rport
Max-Forwards: 70
From: "Alice" <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=b-tag
Call-ID: call-1@192.0.2.10
CSeq: 2 BYE
Content-Length: 0

=== 3.010 192.0.2.20:5060 > 192.0.2.10:5060 udp
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-a3;rport=5060;received=192.0.2.10
From: "Alice" <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=b-tag
Call-ID: call-1@192.0.2.10
CSeq: 2 BYE
Content-Length: 0
`,
        },
      ],
      findings: [{ key: 'caller-early', frames: [4, 1], severity: 'info' }],
    },
  ],
};

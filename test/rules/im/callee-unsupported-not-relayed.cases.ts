import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const refused = { flow: flow('sbc-callee-refuses'), policy: sbcPolicy() };

export const cases: RuleCases = {
  rule: 'im/callee-unsupported-not-relayed',
  valid: [
    { name: 'SBC-7 the 488 of the callee goes back', ...refused },
    {
      name: 'the callee is busy',
      ...refused,
      edits: [{ at: [5, 7], replace: '488 Not Acceptable Here', by: '486 Busy Here' }],
    },
  ],
  invalid: [
    {
      name: 'SBC-7 the controller answers in its place',
      ...refused,
      edits: [
        {
          at: 7,
          replace: 'SIP/2.0 488 Not Acceptable Here',
          by: 'SIP/2.0 200 OK',
        },
        {
          at: 7,
          replace: 'Content-Length: 0',
          by: `Record-Route: <sip:192.0.2.5;lr>
Contact: <sip:bob@198.51.100.20:5060>
Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, MESSAGE, UPDATE
Supported: timer
Content-Type: application/sdp
Content-Length: *

v=0
o=sbc 1 1 IN IP4 198.51.100.20
s=-
c=IN IP4 198.51.100.20
t=0 0
m=message 5060 sip sip:bob@198.51.100.20`,
        },
        { at: 8, replace: 'ACK sip:bob@example.org', by: 'ACK sip:bob@198.51.100.20:5060' },
        { at: 8, replace: 'z9hG4bK-p1-a1', by: 'z9hG4bK-p1-a2' },
      ],
      findings: [
        {
          key: 'answered',
          frames: [7, 5],
          message: 'the far side refused the IM offer with 488, and the caller got 200',
        },
      ],
    },
    {
      name: 'SBC-7 the controller tries with other media',
      ...refused,
      edits: [
        {
          insert: `=== 0.1030 198.51.100.30:5060 > 203.0.113.5:5060 udp
INVITE sip:bob@example.org SIP/2.0
Via: SIP/2.0/UDP 198.51.100.30:5060;branch=z9hG4bK-sbc2;rport
Max-Forwards: 68
From: "Alice" <sip:alice@example.com>;tag=sbc-a-1
To: <sip:bob@example.org>
Call-ID: sbc-1@198.51.100.30
CSeq: 2 INVITE
Contact: <sip:alice@198.51.100.30:5060>
Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, MESSAGE, UPDATE
Supported: timer
Content-Type: application/sdp
Content-Length: *

v=0
o=alice 1 1 IN IP4 198.51.100.30
s=-
c=IN IP4 198.51.100.30
t=0 0
m=audio 20000 RTP/AVP 0
a=rtpmap:0 PCMU/8000

=== 0.1035 203.0.113.5:5060 > 198.51.100.30:5060 udp
SIP/2.0 488 Not Acceptable Here
Via: SIP/2.0/UDP 198.51.100.30:5060;branch=z9hG4bK-sbc2;rport=5060;received=198.51.100.30
From: "Alice" <sip:alice@example.com>;tag=sbc-a-1
To: <sip:bob@example.org>;tag=b-tag-2
Call-ID: sbc-1@198.51.100.30
CSeq: 2 INVITE
Content-Length: 0

=== 0.1040 198.51.100.30:5060 > 203.0.113.5:5060 udp
ACK sip:bob@example.org SIP/2.0
Via: SIP/2.0/UDP 198.51.100.30:5060;branch=z9hG4bK-sbc2;rport
Max-Forwards: 68
From: "Alice" <sip:alice@example.com>;tag=sbc-a-1
To: <sip:bob@example.org>;tag=b-tag-2
Call-ID: sbc-1@198.51.100.30
CSeq: 2 ACK
Content-Length: 0
`,
        },
      ],
      findings: [
        {
          key: 'altered',
          frames: [7, 5],
          message: 'after 488 the offer was tried again with audio at 203.0.113.5:5060',
        },
      ],
    },
    {
      name: 'another failure goes back: info',
      ...refused,
      edits: [{ at: 7, replace: '488 Not Acceptable Here', by: '480 Temporarily Unavailable' }],
      findings: [
        {
          key: 'mapped',
          frames: [7, 5],
          severity: 'info',
          message: 'the 488 of the far side went back as 480',
        },
      ],
    },
  ],
};

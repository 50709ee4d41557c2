import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

/** What other rules say of two offers at once. */
const SDP_OFF = 'rules:\n  sdp/*: off\n';

const BODY = (who: string, address: string, version: number) => `v=0
o=${who} IN IP4 ${address}
s=-
c=IN IP4 ${address}
t=0 0
m=audio 40000 RTP/AVP 0 101
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=sendonly
a=ptime:${version}
`;

/** An UPDATE of bob with an offer, while his peer's re-INVITE waits for its answer. */
const CROSSING = (answer: string) => `=== 10.020 192.0.2.20:5060 > 192.0.2.10:5060 udp
UPDATE sip:alice@192.0.2.10:5060 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK-u1;rport
Max-Forwards: 70
From: <sip:bob@example.com>;tag=b-tag
To: "Alice" <sip:alice@example.com>;tag=a-tag
Call-ID: hold-1@192.0.2.10
CSeq: 1 UPDATE
Contact: <sip:bob@192.0.2.20:5060>
Content-Type: application/sdp
Content-Length: *

${BODY('bob 200 201', '192.0.2.20', 20)}
=== 10.040 192.0.2.10:5060 > 192.0.2.20:5060 udp
SIP/2.0 ${answer}
`;

const HEADERS = `Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK-u1;rport=5060;received=192.0.2.20
From: <sip:bob@example.com>;tag=b-tag
To: "Alice" <sip:alice@example.com>;tag=a-tag
Call-ID: hold-1@192.0.2.10
CSeq: 1 UPDATE
Contact: <sip:alice@192.0.2.10:5060>
`;

/** A second UPDATE with an offer before the first is answered. */
const SECOND = (answer: string) => `=== 0.510 192.0.2.10:5060 > 192.0.2.20:5060 udp
UPDATE sip:bob@192.0.2.20:5060 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-u2;rport
Max-Forwards: 70
From: "Alice" <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=b-tag
Call-ID: reliable-1@192.0.2.10
CSeq: 4 UPDATE
Contact: <sip:alice@192.0.2.10:5060>
Content-Type: application/sdp
Content-Length: *

${BODY('alice 100 102', '192.0.2.10', 20)}
=== 0.515 192.0.2.20:5060 > 192.0.2.10:5060 udp
SIP/2.0 ${answer}
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-u2;rport=5060;received=192.0.2.10
From: "Alice" <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=b-tag
Call-ID: reliable-1@192.0.2.10
CSeq: 4 UPDATE
Contact: <sip:bob@192.0.2.20:5060>
`;

export const cases: RuleCases = {
  rule: 'dialog/update-offer-pending',
  valid: [
    { name: 'an UPDATE after the answer in a reliable 183', flow: flow('reliable') },
    { name: 'an UPDATE without offer', flow: flow('session-timer') },
    {
      name: 'an UPDATE that crosses a re-INVITE, refused',
      flow: flow('hold'),
      policy: SDP_OFF,
      edits: [{ insert: `${CROSSING('491 Request Pending')}${HEADERS}Content-Length: 0\n` }],
    },
    {
      name: 'a second UPDATE at once, refused',
      flow: flow('reliable'),
      policy: SDP_OFF,
      edits: [
        { insert: `${SECOND('500 Server Internal Error')}Retry-After: 3\nContent-Length: 0\n` },
        { at: [11, 12], replace: 'CSeq: 4 BYE', by: 'CSeq: 5 BYE' },
      ],
    },
  ],
  invalid: [
    {
      name: 'an UPDATE that crosses a re-INVITE, accepted',
      flow: flow('hold'),
      policy: SDP_OFF,
      edits: [
        {
          insert: `${CROSSING('200 OK')}${HEADERS}Content-Type: application/sdp\nContent-Length: *\n\n${BODY('alice 100 102', '192.0.2.10', 20).replace('sendonly', 'recvonly')}`,
        },
      ],
      findings: [
        {
          key: 'not-491',
          frames: [9, 8, 6],
          message: 'UPDATE with an offer was answered 200 while an offer of its receiver was open',
        },
      ],
    },
    {
      name: 'a second UPDATE at once, accepted',
      flow: flow('reliable'),
      policy: SDP_OFF,
      edits: [
        {
          insert: `${SECOND('200 OK')}Content-Type: application/sdp\nContent-Length: *\n\n${BODY('bob 200 202', '192.0.2.20', 20).replace('sendonly', 'recvonly')}`,
        },
        { at: [11, 12], replace: 'CSeq: 4 BYE', by: 'CSeq: 5 BYE' },
      ],
      findings: [
        {
          key: 'not-500',
          frames: [8, 7, 6],
          message: 'UPDATE with an offer was answered 200 while an earlier offer of its sender was open',
        },
      ],
    },
    {
      name: 'a second UPDATE at once, refused without Retry-After',
      flow: flow('reliable'),
      policy: SDP_OFF,
      edits: [
        { insert: `${SECOND('500 Server Internal Error')}Content-Length: 0\n` },
        { at: [11, 12], replace: 'CSeq: 4 BYE', by: 'CSeq: 5 BYE' },
      ],
      findings: [{ key: 'no-retry-after', frames: [8, 7, 6], severity: 'warning' }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

/** The INVITE of the call again, by a proxy on another way. */
const second = (uri = 'sip:bob@192.0.2.20') => `=== 0.150 192.0.2.40:5060 > 192.0.2.20:5060 udp
INVITE ${uri} SIP/2.0
Via: SIP/2.0/UDP 192.0.2.40:5060;branch=z9hG4bK-p1;rport
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-a0;rport=5060;received=192.0.2.10
Max-Forwards: 69
From: "Alice" <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>
Call-ID: call-1@192.0.2.10
CSeq: 1 INVITE
Contact: <sip:alice@192.0.2.10:5060>
Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE, INFO, MESSAGE
Supported: 100rel, timer
Content-Length: 0
`;

const answer = (seconds: string, status: string, tag: string, contact = '') => `
=== ${seconds} 192.0.2.20:5060 > 192.0.2.40:5060 udp
SIP/2.0 ${status}
Via: SIP/2.0/UDP 192.0.2.40:5060;branch=z9hG4bK-p1;rport=5060;received=192.0.2.40
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-a0;rport=5060;received=192.0.2.10
From: "Alice" <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=${tag}
Call-ID: call-1@192.0.2.10
CSeq: 1 INVITE
${contact}Content-Length: 0
`;

const ACK = `
=== 0.190 192.0.2.40:5060 > 192.0.2.20:5060 udp
ACK sip:bob@192.0.2.20 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.40:5060;branch=z9hG4bK-p1;rport
Max-Forwards: 70
From: "Alice" <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=m-tag
Call-ID: call-1@192.0.2.10
CSeq: 1 ACK
Content-Length: 0
`;

const CONTACT = 'Contact: <sip:bob@192.0.2.20:5060>\n';
/** What else is to be said of a second call that begins and is not followed up. */
const OTHERS_OFF = 'rules:\n  message/*: off\n  sdp/*: off\n  dialog/transaction-timeout: off\n';

/** alice's proxy sends to another, which sends back. */
const LOOP = `=== 0.000 192.0.2.10:5060 > 192.0.2.30:5060 udp
MESSAGE sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-l1;rport
Max-Forwards: 70
From: <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>
Call-ID: loop-1@192.0.2.10
CSeq: 1 MESSAGE
Content-Length: 0

=== 0.010 192.0.2.30:5060 > 192.0.2.40:5060 udp
MESSAGE sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.30:5060;branch=z9hG4bK-l2;rport
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-l1;rport=5060;received=192.0.2.10
Max-Forwards: 69
From: <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>
Call-ID: loop-1@192.0.2.10
CSeq: 1 MESSAGE
Content-Length: 0

=== 0.020 192.0.2.40:5060 > 192.0.2.30:5060 udp
MESSAGE sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.40:5060;branch=z9hG4bK-l3;rport
Via: SIP/2.0/UDP 192.0.2.30:5060;branch=z9hG4bK-l2;rport=5060;received=192.0.2.30
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-l1;rport=5060;received=192.0.2.10
Max-Forwards: 68
From: <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>
Call-ID: loop-1@192.0.2.10
CSeq: 1 MESSAGE
Content-Length: 0

=== 0.030 192.0.2.30:5060 > 192.0.2.40:5060 udp
SIP/2.0 500 Server Internal Error
Via: SIP/2.0/UDP 192.0.2.40:5060;branch=z9hG4bK-l3;rport=5060;received=192.0.2.40
Via: SIP/2.0/UDP 192.0.2.30:5060;branch=z9hG4bK-l2;rport=5060;received=192.0.2.30
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-l1;rport=5060;received=192.0.2.10
From: <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=p-tag
Call-ID: loop-1@192.0.2.10
CSeq: 1 MESSAGE
Content-Length: 0

=== 0.040 192.0.2.40:5060 > 192.0.2.30:5060 udp
SIP/2.0 500 Server Internal Error
Via: SIP/2.0/UDP 192.0.2.30:5060;branch=z9hG4bK-l2;rport=5060;received=192.0.2.30
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-l1;rport=5060;received=192.0.2.10
From: <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=p-tag
Call-ID: loop-1@192.0.2.10
CSeq: 1 MESSAGE
Content-Length: 0

=== 0.050 192.0.2.30:5060 > 192.0.2.10:5060 udp
SIP/2.0 500 Server Internal Error
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-l1;rport=5060;received=192.0.2.10
From: <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=p-tag
Call-ID: loop-1@192.0.2.10
CSeq: 1 MESSAGE
Content-Length: 0
`;

export const cases: RuleCases = {
  rule: 'dialog/merged-request',
  valid: [
    { name: 'the hops of one way', flow: flow('proxied') },
    { name: 'a fork of which one is seen', flow: flow('fork-answered-twice') },
    {
      name: 'two users at one address',
      flow: flow('call'),
      policy: OTHERS_OFF,
      edits: [{ insert: second('sip:carol@192.0.2.20') + answer('0.180', '180 Ringing', 'm-tag', CONTACT) }],
    },
  ],
  invalid: [
    {
      name: 'refused as it should be',
      flow: flow('call'),
      policy: OTHERS_OFF,
      edits: [{ insert: second() + answer('0.180', '482 Loop Detected', 'm-tag') + ACK }],
      findings: [
        {
          key: 'merged',
          frames: [3, 1],
          message: 'INVITE came twice by different ways',
        },
      ],
    },
    {
      name: 'it rings a second time',
      flow: flow('call'),
      policy: OTHERS_OFF,
      edits: [{ insert: second() + answer('0.180', '180 Ringing', 'm-tag', CONTACT) }],
      findings: [
        {
          key: 'not-482',
          frames: [4, 3, 1],
          severity: 'warning',
          message: 'INVITE that came by a second way was answered 180',
        },
      ],
    },
    {
      name: 'a loop of two proxies',
      flow: LOOP,
      policy: OTHERS_OFF,
      findings: [
        {
          key: 'loop',
          frames: [4, 3, 1],
          severity: 'error',
          message: 'MESSAGE came round to the same box unchanged and was answered 500',
        },
      ],
    },
  ],
};

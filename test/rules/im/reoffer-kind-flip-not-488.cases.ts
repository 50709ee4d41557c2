import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const IM_ALICE = '\nm=message 5060 sip sip:alice@192.0.2.10';
const IM_BOB = '\nm=message 5060 sip sip:bob@203.0.113.10';
const AUDIO_ALICE = '\nm=audio 40000 RTP/AVP 0\na=rtpmap:0 PCMU/8000';
const AUDIO_BOB = '\nm=audio 50000 RTP/AVP 0\na=rtpmap:0 PCMU/8000';
const SDP_ALICE = `v=0
o=alice 1 2 IN IP4 192.0.2.10
s=-
c=IN IP4 192.0.2.10
t=0 0`;

export const cases: RuleCases = {
  rule: 'im/reoffer-kind-flip-not-488',
  valid: [
    {
      name: 'SBC-9 audio in an IM dialog is refused with 488',
      flow: flow('sbc-reoffer-refused'),
      policy: sbcPolicy(),
    },
    {
      name: 'one more m=message line',
      flow: flow('sbc-reoffer'),
      policy: sbcPolicy(),
      edits: [
        { at: [11, 12], replace: 'o=alice 1 1', by: 'o=alice 1 2' },
        { at: [11, 12], replace: IM_ALICE, by: `${IM_ALICE}\nm=message 5062 sip sip:alice@192.0.2.10:5062` },
        { at: [13, 14], replace: 'o=bob 1 1', by: 'o=bob 1 2' },
        { at: [13, 14], replace: IM_BOB, by: `${IM_BOB}\nm=message 0 sip sip:bob@203.0.113.10` },
      ],
    },
    {
      name: 'another offer is pending: 491',
      flow: flow('sbc-reoffer-refused'),
      policy: sbcPolicy(),
      edits: [{ at: 12, replace: 'SIP/2.0 488 Not Acceptable Here', by: 'SIP/2.0 491 Request Pending' }],
    },
  ],
  invalid: [
    {
      name: 'SBC-9 audio in an IM dialog goes on',
      flow: flow('sbc-reoffer'),
      policy: sbcPolicy(),
      edits: [
        { at: [11, 12], replace: 'o=alice 1 1', by: 'o=alice 1 2' },
        { at: [11, 12], replace: IM_ALICE, by: AUDIO_ALICE },
        { at: [13, 14], replace: 'o=bob 1 1', by: 'o=bob 1 2' },
        { at: [13, 14], replace: IM_BOB, by: AUDIO_BOB },
      ],
      findings: [
        {
          key: 'forwarded',
          frames: [12, 11, 1],
          message: 'INVITE offering audio in a call of IM went on to 203.0.113.5:5060',
        },
      ],
    },
    {
      name: 'SBC-10 IM in an audio call goes on',
      flow: flow('sbc-reoffer').replaceAll('sip sip:alice@192.0.2.10', 'RTP/AVP 0'),
      policy: sbcPolicy(),
      edits: [
        { at: [1, 3], replace: '\nm=message 5060 RTP/AVP 0', by: AUDIO_ALICE },
        { at: [7, 8], replace: IM_BOB, by: AUDIO_BOB },
        { at: [11, 12], replace: 'o=alice 1 1', by: 'o=alice 1 2' },
        { at: [11, 12], replace: 'RTP/AVP 0', by: 'sip sip:alice@192.0.2.10' },
        { at: [13, 14], replace: 'o=bob 1 1', by: 'o=bob 1 2' },
      ],
      findings: [{ key: 'forwarded', frames: [12, 11, 1] }],
    },
    {
      name: 'SBC-9 refused with another status',
      flow: flow('sbc-reoffer-refused'),
      policy: sbcPolicy(),
      edits: [{ at: 12, replace: 'SIP/2.0 488 Not Acceptable Here', by: 'SIP/2.0 606 Not Acceptable' }],
      findings: [
        {
          key: 'answered',
          frames: [12, 11, 1],
          message: 'INVITE offering audio in a call of IM was answered 606 instead of 488',
        },
      ],
    },
    {
      name: 'SBC-9 after the 488 the controller offers the audio itself',
      flow: flow('sbc-reoffer-refused'),
      policy: sbcPolicy(),
      edits: [
        {
          insert: `=== 8.000 198.51.100.30:5060 > 203.0.113.5:5060 udp
INVITE sip:bob@203.0.113.10:5060 SIP/2.0
Via: SIP/2.0/UDP 198.51.100.30:5060;branch=z9hG4bK-sbc-own;rport
Max-Forwards: 70
From: "Alice" <sip:alice@example.com>;tag=sbc-a-1
To: <sip:bob@example.org>;tag=b-tag-1
Call-ID: sbc-1@198.51.100.30
CSeq: 3 INVITE
Route: <sip:203.0.113.5;lr>
Contact: <sip:alice@198.51.100.30:5060>
Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, MESSAGE, UPDATE
Supported: timer
Content-Type: application/sdp
Content-Length: *

${SDP_ALICE}${AUDIO_ALICE}

=== 8.100 203.0.113.5:5060 > 198.51.100.30:5060 udp
SIP/2.0 488 Not Acceptable Here
Via: SIP/2.0/UDP 198.51.100.30:5060;branch=z9hG4bK-sbc-own;rport=5060;received=198.51.100.30
From: "Alice" <sip:alice@example.com>;tag=sbc-a-1
To: <sip:bob@example.org>;tag=b-tag-1
Call-ID: sbc-1@198.51.100.30
CSeq: 3 INVITE
Content-Length: 0

=== 8.110 198.51.100.30:5060 > 203.0.113.5:5060 udp
ACK sip:bob@203.0.113.10:5060 SIP/2.0
Via: SIP/2.0/UDP 198.51.100.30:5060;branch=z9hG4bK-sbc-own;rport
Max-Forwards: 70
From: "Alice" <sip:alice@example.com>;tag=sbc-a-1
To: <sip:bob@example.org>;tag=b-tag-1
Call-ID: sbc-1@198.51.100.30
CSeq: 3 ACK
Route: <sip:203.0.113.5;lr>
Content-Length: 0
`,
        },
        { at: [19, 20], replace: 'CSeq: 3 BYE', by: 'CSeq: 4 BYE' },
      ],
      findings: [{ key: 'state-changed', frames: [18, 12] }],
    },
    {
      name: 'an offer of audio in the 200 to a re-INVITE without offer: info',
      flow: flow('sbc-reoffer-offerless'),
      policy: sbcPolicy(),
      edits: [
        { at: [13, 14], replace: 'o=bob 1 1', by: 'o=bob 1 2' },
        { at: [13, 14], replace: IM_BOB, by: AUDIO_BOB },
        { at: [15, 16], replace: 'o=alice 1 1', by: 'o=alice 1 2' },
        { at: [15, 16], replace: IM_ALICE, by: AUDIO_ALICE },
      ],
      findings: [{ key: 'in-response', frames: [14, 1], severity: 'info' }],
    },
  ],
};

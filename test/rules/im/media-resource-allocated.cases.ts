import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const off = { flow: flow('sbc-two-sets'), policy: sbcPolicy() };
const GUID = 'Cisco-Guid: 0123456789-0123456789-0123456789-0123456789';

export const cases: RuleCases = {
  rule: 'im/media-resource-allocated',
  valid: [
    {
      name: 'SBC-6 packets to the port where the user takes SIP',
      ...off,
      edits: [{ insert: '=== 3.000 198.51.100.20:30000 > 192.0.2.10:5060 rtp 50\n' }],
    },
    { name: 'SBC-6 nothing is set up', ...off },
    {
      name: 'SBC-5 b= of the caller goes on',
      ...off,
      edits: [{ at: [1, 3], replace: 't=0 0', by: 'b=AS:64\nt=0 0' }],
    },
    {
      name: 'SBC-40 c= rewritten for privacy',
      flow: flow('sbc-private-caller'),
      policy: sbcPolicy({ caller: true }),
    },
    { name: 'MSRP goes on', flow: flow('sbc-msrp'), policy: sbcPolicy() },
  ],
  invalid: [
    {
      name: 'SBC-6 the controller sends media to the port of the m= line',
      ...off,
      edits: [
        { at: [1, 3], replace: 'm=message 5060', by: 'm=message 20000' },
        { insert: '=== 3.000 198.51.100.20:30000 > 192.0.2.10:20000 rtp 50\n' },
      ],
      findings: [
        {
          key: 'media',
          frames: [1, 25],
          message: '50 packets went from 198.51.100.20:30000 to 192.0.2.10:20000 of an IM description',
        },
      ],
    },
    {
      name: 'SBC-5 the controller adds b=',
      ...off,
      edits: [{ at: 3, replace: 't=0 0', by: 'b=AS:64\nt=0 0' }],
      findings: [
        { key: 'bandwidth', frames: [3, 1], message: 'the controller put b=AS:64 into an IM description' },
      ],
    },
    {
      name: 'SBC-6 the controller puts a relay in',
      ...off,
      edits: [
        { at: 3, replace: 'c=IN IP4 192.0.2.10', by: 'c=IN IP4 198.51.100.30' },
        { at: 3, replace: 'm=message 5060', by: 'm=message 20000' },
      ],
      findings: [
        {
          key: 'relay',
          frames: [3, 1],
          message: 'm=message of port 5060 went on with port 20000 at 198.51.100.30: a relay',
        },
      ],
      also: [{ rule: 'im/sdp-modified-without-privacy', key: 'changed', frames: [3, 1] }],
    },
    {
      name: 'SBC-7 a third leg with media for the same session',
      ...off,
      edits: [
        { at: [1, 3], add: GUID },
        {
          insert: `=== 1.000 198.51.100.30:5060 > 203.0.113.99:5060 udp
INVITE sip:transcode@203.0.113.99 SIP/2.0
Via: SIP/2.0/UDP 198.51.100.30:5060;branch=z9hG4bK-t1;rport
Max-Forwards: 70
From: <sip:sbc@198.51.100.30>;tag=t-1
To: <sip:transcode@203.0.113.99>
Call-ID: transcode-1@198.51.100.30
CSeq: 1 INVITE
Contact: <sip:sbc@198.51.100.30:5060>
Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, MESSAGE, UPDATE
Supported: timer
${GUID}
Content-Type: application/sdp
Content-Length: *

v=0
o=- 7 1 IN IP4 198.51.100.30
s=-
c=IN IP4 198.51.100.30
t=0 0
m=audio 20100 RTP/AVP 0
a=rtpmap:0 PCMU/8000

=== 1.100 203.0.113.99:5060 > 198.51.100.30:5060 udp
SIP/2.0 486 Busy Here
Via: SIP/2.0/UDP 198.51.100.30:5060;branch=z9hG4bK-t1;rport=5060;received=198.51.100.30
From: <sip:sbc@198.51.100.30>;tag=t-1
To: <sip:transcode@203.0.113.99>;tag=t-2
Call-ID: transcode-1@198.51.100.30
CSeq: 1 INVITE
Content-Length: 0

=== 1.110 198.51.100.30:5060 > 203.0.113.99:5060 udp
ACK sip:transcode@203.0.113.99 SIP/2.0
Via: SIP/2.0/UDP 198.51.100.30:5060;branch=z9hG4bK-t1;rport
Max-Forwards: 70
From: <sip:sbc@198.51.100.30>;tag=t-1
To: <sip:transcode@203.0.113.99>;tag=t-2
Call-ID: transcode-1@198.51.100.30
CSeq: 1 ACK
Content-Length: 0
`,
        },
      ],
      findings: [{ key: 'transcoder', frames: [7, 1] }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const INFO = `=== 5.000 192.0.2.10:5060 > 192.0.2.20:5060 udp
INFO sip:bob@192.0.2.20:5060 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-n1;rport
From: "Alice" <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=b-tag
Call-ID: call-1@192.0.2.10
CSeq: 2 INFO
Content-Length: 0

=== 5.010 192.0.2.20:5060 > 192.0.2.10:5060 udp
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-n1;rport=5060;received=192.0.2.10
From: "Alice" <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=b-tag
Call-ID: call-1@192.0.2.10
CSeq: 2 INFO
Content-Length: 0
`;

export const cases: RuleCases = {
  rule: 'message/max-forwards',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: 'lowered by a proxy', flow: flow('proxied') },
    {
      name: 'the largest value',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'Max-Forwards: 70', by: 'Max-Forwards: 255' }],
    },
    {
      name: 'OPTIONS that traces a path',
      flow: flow('call'),
      edits: [{ at: 8, replace: 'Max-Forwards: 70', by: 'Max-Forwards: 0' }],
    },
    {
      name: 'INFO without it',
      flow: flow('call'),
      edits: [{ at: [6, 7], replace: 'CSeq: 2 ', by: 'CSeq: 3 ' }, { insert: INFO }],
    },
    { name: 'a back-to-back user agent that begins anew', flow: flow('sbc-voice'), policy: sbcPolicy() },
  ],
  invalid: [
    {
      name: 'an INVITE without it',
      flow: flow('call'),
      edits: [{ at: 1, remove: 'Max-Forwards' }],
      findings: [{ key: 'missing', frames: [1], severity: 'error', message: 'INVITE has no Max-Forwards' }],
    },
    {
      name: 'an older device without it',
      flow: flow('call'),
      edits: [
        { at: 8, remove: 'Max-Forwards' },
        { everywhere: 'z9hG4bK-a4', by: '1418' },
      ],
      findings: [{ key: 'missing', frames: [8] }],
      also: [{ rule: 'message/via-branch', key: 'no-cookie', frames: [8], severity: 'warning' }],
    },
    {
      name: 'a value that is too large',
      flow: flow('call'),
      edits: [{ at: 6, replace: 'Max-Forwards: 70', by: 'Max-Forwards: 256' }],
      findings: [{ key: 'malformed', frames: [6], severity: 'error' }],
    },
    {
      name: 'a value too low for any network',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'Max-Forwards: 70', by: 'Max-Forwards: 5' }],
      findings: [{ key: 'low', frames: [1], severity: 'info' }],
    },
    {
      name: 'not lowered by a proxy',
      flow: flow('proxied'),
      edits: [{ at: 3, replace: 'Max-Forwards: 69', by: 'Max-Forwards: 70' }],
      findings: [
        {
          key: 'kept',
          frames: [3, 1],
          severity: 'error',
          message: 'INVITE was forwarded with Max-Forwards 70, received with 70',
        },
      ],
    },
    {
      name: 'forwarded at 0',
      flow: flow('proxied'),
      edits: [
        { at: 1, replace: 'Max-Forwards: 70', by: 'Max-Forwards: 0' },
        { at: 3, replace: 'Max-Forwards: 69', by: 'Max-Forwards: 0' },
      ],
      findings: [
        { key: 'low', frames: [1], severity: 'info' },
        { key: 'forwarded-at-0', frames: [3, 1], severity: 'error' },
      ],
    },
  ],
};

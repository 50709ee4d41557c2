import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const on = { flow: flow('sbc-passthrough'), policy: sbcPolicy({ passthrough: true }) };
/** As the chapter's second example prints it: what came on top, then the inbound adjacency, then the outbound one. */
const PRINTED = [
  { at: [3, 5, 6, 7, 8], remove: 'Record-Route: <sip:192.0.2.5;lr>' },
  {
    at: [3, 5, 6, 7, 8],
    add: 'Record-Route: <sip:192.0.2.5;lr>',
    before: 'Record-Route: <sip:198.51.100.30',
  },
  { at: [3, 5, 6, 7, 8], remove: 'Record-Route: <sip:198.51.100.30' },
  { at: [3, 5, 6, 7, 8], add: 'Record-Route: <sip:198.51.100.30;lr>', before: 'Contact' },
  { at: [9, 11, 19], remove: 'Route: <sip:198.51.100.30' },
  { at: [9, 11, 19], add: 'Route: <sip:198.51.100.30;lr>', before: 'Route: <sip:198.51.100.20' },
] as const;

export const cases: RuleCases = {
  rule: 'record-route/rr-order',
  valid: [
    { name: 'SBC-24 outbound adjacency, inbound adjacency, what came', ...on },
    {
      name: 'the printed order, where the policy decides for it',
      flow: flow('sbc-passthrough'),
      policy: sbcPolicy({ passthrough: true, decisions: { 'record-route-order': 'cisco' } }),
      edits: PRINTED,
    },
    { name: 'no passthrough', flow: flow('sbc-two-sets'), policy: sbcPolicy() },
  ],
  invalid: [
    {
      name: 'SBC-24 as the chapter prints it: below the value that came',
      ...on,
      edits: PRINTED,
      findings: [
        {
          key: 'below',
          frames: [3],
          message:
            'Record-Route of the controller stands below values that came with the INVITE: sip:192.0.2.5;lr, sip:198.51.100.20;lr, sip:198.51.100.30;lr',
        },
      ],
    },
    {
      name: 'the inbound adjacency on top',
      ...on,
      edits: [
        { at: [3, 5, 6, 7, 8], remove: 'Record-Route: <sip:198.51.100.30' },
        {
          at: [3, 5, 6, 7, 8],
          add: 'Record-Route: <sip:198.51.100.30;lr>',
          before: 'Record-Route: <sip:192.0.2.5',
        },
      ],
      findings: [{ key: 'swapped', frames: [3] }],
    },
    {
      name: 'SBC-30 and the callee writes past the controller',
      ...on,
      edits: [
        ...PRINTED,
        {
          insert: `=== 7.000 203.0.113.5:5060 > 192.0.2.5:5060 udp
MESSAGE sip:alice@192.0.2.10:5060 SIP/2.0
Via: SIP/2.0/UDP 203.0.113.5:5060;branch=z9hG4bK-p2-b9;rport
Via: SIP/2.0/UDP 203.0.113.10:5060;branch=z9hG4bK-b9;rport=5060;received=203.0.113.10
Max-Forwards: 69
From: <sip:bob@example.org>;tag=b-tag-1
To: "Alice" <sip:alice@example.com>;tag=a-tag-1
Call-ID: call-1@192.0.2.10
CSeq: 2 MESSAGE
Route: <sip:192.0.2.5;lr>
Route: <sip:198.51.100.20;lr>
Route: <sip:198.51.100.30;lr>
Content-Type: text/plain
Content-Length: *

Past you
=== 7.010 192.0.2.5:5060 > 203.0.113.5:5060 udp
SIP/2.0 200 OK
Via: SIP/2.0/UDP 203.0.113.5:5060;branch=z9hG4bK-p2-b9;rport=5060;received=203.0.113.5
Via: SIP/2.0/UDP 203.0.113.10:5060;branch=z9hG4bK-b9;rport=5060;received=203.0.113.10
From: <sip:bob@example.org>;tag=b-tag-1
To: "Alice" <sip:alice@example.com>;tag=a-tag-1
Call-ID: call-1@192.0.2.10
CSeq: 2 MESSAGE
Content-Length: 0
`,
        },
      ],
      findings: [
        { key: 'below', frames: [3] },
        { key: 'bypassed', frames: [19, 3], severity: 'error' },
      ],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const registered = { flow: flow('sbc-registered'), policy: sbcPolicy({ passthrough: true }) };

/** The REGISTER of the flow and what came of it, once more at another second. */
const AGAIN = registered.flow
  .split(/^(?==== )/m)
  .slice(1, 5)
  .join('')
  .replace(/^=== 0\./gm, '=== 8.')
  .replaceAll('CSeq: 1 REGISTER', 'CSeq: 2 REGISTER')
  .replace(/branch=z9hG4bK-/g, 'branch=z9hG4bK-again-');

export const cases: RuleCases = {
  rule: 'record-route/applied-to-registered',
  valid: [
    { name: 'SBC-32 the published Contact and a set of its own', ...registered },
    {
      name: 'SBC-16 passthrough for who is not registered',
      flow: flow('sbc-passthrough'),
      policy: sbcPolicy({ passthrough: true }),
    },
    {
      name: 'a binding that lapsed during the call, and was made again',
      ...registered,
      edits: [
        { at: [1, 2], replace: 'Expires: 3600', by: 'Expires: 4' },
        { at: [3, 4], replace: 'expires=3600', by: 'expires=4' },
        { insert: AGAIN },
      ],
    },
    {
      name: 'a binding that began after the call',
      flow: flow('sbc-passthrough'),
      policy: sbcPolicy({ passthrough: true }),
      edits: [
        {
          insert: `=== 13.000 192.0.2.5:5060 > 198.51.100.20:5060 udp
REGISTER sip:example.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.5:5060;branch=z9hG4bK-r1;rport
Max-Forwards: 70
From: <sip:alice@example.com>;tag=r-a
To: <sip:alice@example.com>
Call-ID: reg-1@192.0.2.5
CSeq: 1 REGISTER
Contact: <sip:alice@192.0.2.10:5060>
Expires: 3600
Content-Length: 0

=== 13.010 198.51.100.20:5060 > 192.0.2.5:5060 udp
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.5:5060;branch=z9hG4bK-r1;rport=5060;received=192.0.2.5
From: <sip:alice@example.com>;tag=r-a
To: <sip:alice@example.com>;tag=r-b
Call-ID: reg-1@192.0.2.5
CSeq: 1 REGISTER
Contact: <sip:alice@192.0.2.10:5060>;expires=3600
Date: Mon, 05 Jan 2026 10:00:13 GMT
Content-Length: 0
`,
        },
      ],
    },
  ],
  invalid: [
    {
      name: 'SBC-35 a registered caller whose Contact goes on as it came',
      ...registered,
      edits: [
        {
          at: 7,
          replace: 'Contact: <sip:alice-7@198.51.100.30:5060>',
          by: 'Contact: <sip:alice@192.0.2.10:5060>',
        },
        { at: 19, replace: 'sip:alice-7@198.51.100.30:5060 SIP', by: 'sip:alice@192.0.2.10:5060 SIP' },
      ],
      findings: [
        {
          key: 'applied',
          frames: [7, 5],
          message:
            'passthrough applied to a registered subscriber (sip:alice@example.com registered from 192.0.2.10:5060 (frame 4)): Contact kept, whole RR set not returned',
        },
      ],
      also: [{ rule: 'registration/dialog-contact-mismatch', key: 'differs', frames: [7, 5, 3] }],
    },
    {
      name: 'SBC-32 told by the source address alone: a warning',
      ...registered,
      edits: [
        {
          at: [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26],
          replace: '"Alice" <sip:alice@example.com>',
          by: '"Alix" <sip:alix@example.com>',
        },
        { at: 5, replace: 'Contact: <sip:alice@', by: 'Contact: <sip:alix@' },
        {
          at: 7,
          replace: 'Contact: <sip:alice-7@198.51.100.30:5060>',
          by: 'Contact: <sip:alix@192.0.2.10:5060>',
        },
        { at: 19, replace: 'sip:alice-7@198.51.100.30:5060 SIP', by: 'sip:alix@192.0.2.10:5060 SIP' },
        { at: 20, replace: 'sip:alice@192.0.2.10:5060 SIP', by: 'sip:alix@192.0.2.10:5060 SIP' },
      ],
      findings: [{ key: 'applied', frames: [7, 5], severity: 'warning' }],
    },
  ],
};

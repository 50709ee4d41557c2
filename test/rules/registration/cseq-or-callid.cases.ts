import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const own = (number: number) => [
  { at: [2 * number - 1, 2 * number], replace: 'Call-ID: reg-1', by: `Call-ID: reg-1-${number}` },
];

export const cases: RuleCases = {
  rule: 'registration/cseq-or-callid',
  valid: [
    { name: 'numbers that rise', flow: flow('register') },
    { name: 'a new Call-ID after a restart', flow: flow('register'), edits: own(2) },
    { name: 'the hops of a proxy', flow: flow('register-path') },
    {
      name: 'overtaken on UDP',
      flow: flow('register'),
      edits: [
        { at: [1, 2], replace: 'CSeq: 1 ', by: 'CSeq: 2 ' },
        { at: [3, 4], replace: 'CSeq: 2 ', by: 'CSeq: 1 ' },
        { at: 3, seconds: 0.5 },
        { at: 4, seconds: 0.51 },
      ],
    },
  ],
  invalid: [
    {
      name: 'the same number again',
      flow: flow('register'),
      edits: [{ at: [3, 4], replace: 'CSeq: 2 ', by: 'CSeq: 1 ' }],
      findings: [
        {
          key: 'cseq',
          frames: [3, 1],
          severity: 'error',
          message: 'REGISTER has the CSeq number 1 after 1, with the same Call-ID',
        },
      ],
    },
    {
      name: 'a Call-ID for each refresh',
      flow: flow('register'),
      edits: [
        ...own(1),
        ...own(2),
        {
          insert: `=== 450.000 192.0.2.10:5060 > 192.0.2.5:5060 udp
REGISTER sip:example.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-r7;rport
Max-Forwards: 70
From: <sip:alice@example.com>;tag=r-tag
To: <sip:alice@example.com>
Call-ID: reg-1-3@192.0.2.10
CSeq: 7 REGISTER
Contact: <sip:alice@192.0.2.10:5060>;expires=600
Supported: path
Content-Length: 0

=== 450.010 192.0.2.5:5060 > 192.0.2.10:5060 udp
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-r7;rport=5060;received=192.0.2.10
From: <sip:alice@example.com>;tag=r-tag
To: <sip:alice@example.com>;tag=reg-7
Call-ID: reg-1-3@192.0.2.10
CSeq: 7 REGISTER
Contact: <sip:alice@192.0.2.10:5060>;expires=600
Content-Length: 0
`,
        },
      ],
      findings: [
        {
          key: 'call-id',
          frames: [7, 2, 4],
          severity: 'info',
          message: 'each refresh of sip:alice@192.0.2.10:5060 has a Call-ID of its own',
        },
      ],
    },
  ],
};

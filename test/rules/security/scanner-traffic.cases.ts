import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const probe = (number: number, second: number, from = '203.0.113.9'): string => `
=== ${second}.000 ${from}:5060 > 192.0.2.5:5060 udp
OPTIONS sip:${number}@192.0.2.5 SIP/2.0
Via: SIP/2.0/UDP ${from}:5060;branch=z9hG4bK-o${number};rport
Max-Forwards: 70
From: <sip:probe@example.net>;tag=o${number}
To: <sip:${number}@192.0.2.5>
Call-ID: probe-${number}@${from}
CSeq: 1 OPTIONS
Contact: <sip:probe@${from}:5060>
Accept: application/sdp
Content-Length: 0

=== ${second}.010 192.0.2.5:5060 > ${from}:5060 udp
SIP/2.0 404 Not Found
Via: SIP/2.0/UDP ${from}:5060;branch=z9hG4bK-o${number};rport=5060;received=${from}
From: <sip:probe@example.net>;tag=o${number}
To: <sip:${number}@192.0.2.5>;tag=t${number}
Call-ID: probe-${number}@${from}
CSeq: 1 OPTIONS
Content-Length: 0
`;
const sweep = Array.from({ length: 25 }, (_, index) => probe(100 + index, index)).join('');

export const cases: RuleCases = {
  rule: 'security/scanner-traffic',
  valid: [
    { name: 'a phone', flow: flow('call') },
    {
      name: 'a trunk whose targets answer',
      flow: sweep.replaceAll(
        'SIP/2.0 404 Not Found',
        'SIP/2.0 200 OK\nAllow: OPTIONS\nAccept: application/sdp\nSupported: path',
      ),
    },
    { name: 'a probe of the operator', flow: sweep, policy: 'networks:\n  monitoring: [203.0.113.0/24]\n' },
  ],
  invalid: [
    {
      name: 'a known name',
      flow: flow('call'),
      edits: [{ at: 8, add: 'User-Agent: friendly-scanner' }],
      findings: [{ key: 'agent', frames: [8], message: '192.0.2.10 calls itself friendly-scanner' }],
    },
    {
      name: 'target after target',
      flow: sweep,
      findings: [
        {
          key: 'sweep',
          frames: [1],
          message: '203.0.113.9 tried 25 targets within 60 s with OPTIONS, and hardly any took it',
        },
      ],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'dialog/provisional-to-non-invite',
  valid: [
    { name: 'a call', flow: flow('call') },
    {
      name: '100 over TCP',
      flow: flow('call'),
      edits: [
        { over: 'tcp' },
        { everywhere: 'SIP/2.0/UDP', by: 'SIP/2.0/TCP' },
        { at: 7, seconds: 12.2 },
        {
          insert: `=== 12.100 192.0.2.20:5060 > 192.0.2.10:5060 tcp\n${answer('100 Trying')}`.replace(
            'UDP',
            'TCP',
          ),
        },
      ],
    },
    {
      name: '100 over UDP after four seconds',
      flow: flow('call'),
      policy: 'rules:\n  quality/*: off\n',
      edits: [
        { at: 7, seconds: 17 },
        { insert: `=== 16.100 192.0.2.20:5060 > 192.0.2.10:5060 udp\n${answer('100 Trying')}` },
      ],
    },
  ],
  invalid: [
    {
      name: '180 to BYE',
      flow: flow('call'),
      edits: [{ insert: `=== 12.005 192.0.2.20:5060 > 192.0.2.10:5060 udp\n${answer('180 Ringing')}` }],
      findings: [{ key: 'provisional', frames: [7, 6], severity: 'error', message: '180 to BYE' }],
    },
    {
      name: '408 to OPTIONS',
      flow: flow('call'),
      edits: [{ at: 9, replace: '200 OK', by: '408 Request Timeout' }],
      findings: [{ key: 'timeout', frames: [9, 8], message: '408 to OPTIONS' }],
    },
    {
      name: '100 to BYE at once',
      flow: flow('call'),
      edits: [{ insert: `=== 12.005 192.0.2.20:5060 > 192.0.2.10:5060 udp\n${answer('100 Trying')}` }],
      findings: [{ key: 'trying', frames: [7, 6], severity: 'info' }],
    },
  ],
};

function answer(status: string): string {
  return `SIP/2.0 ${status}
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-a3;rport=5060;received=192.0.2.10
From: "Alice" <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=b-tag
Call-ID: call-1@192.0.2.10
CSeq: 2 BYE
Content-Length: 0
`;
}

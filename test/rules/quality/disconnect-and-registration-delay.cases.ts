import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { attempts } from '../many-calls.ts';

const CALLS = attempts(6, () => 200);
const numbersOf = (text: RegExp): number[] =>
  CALLS.split(/^=== /m).flatMap((block, number) => (text.test(block) ? [number] : []));

export const cases: RuleCases = {
  rule: 'quality/disconnect-and-registration-delay',
  valid: [
    { name: 'quick answers, calls of eight seconds', flow: CALLS },
    {
      name: 'one slow registration is none to judge',
      flow: flow('register-tls'),
      edits: [{ at: 4, seconds: 4 }],
    },
  ],
  invalid: [
    {
      name: 'BYE confirmed after three seconds',
      flow: CALLS,
      edits: numbersOf(/CSeq: 2 BYE/)
        .filter((number) => /\nSIP\/2.0 200/.test(CALLS.split(/^=== /m)[number]!))
        .map((at, call) => ({ at, seconds: call + 11.5 })),
      findings: [
        {
          key: 'disconnect',
          frames: [],
          message: '192.0.2.20:5060 confirms BYE after 3000 ms (median), 3000 ms (95 %), in 6 calls',
        },
      ],
    },
    {
      name: 'calls that end at once',
      flow: CALLS,
      edits: numbersOf(/CSeq: 2 BYE/).map((at, index) => ({
        at,
        seconds: Math.floor(index / 2) + 1 + 0.01 * (index % 2),
      })),
      findings: [{ key: 'short', frames: [1, 5, 11, 17, 23, 29] }],
    },
    {
      name: 'registrations that take long',
      flow: registrations(200, 3),
      findings: [{ key: 'registration', frames: [] }],
    },
    {
      name: 'registrations that are refused',
      flow: registrations(403, 0.1),
      findings: [{ key: 'ineffective', frames: [], message: '192.0.2.5:5060 refused 6 of 6 registrations' }],
    },
  ],
};

function registrations(status: number, delay: number): string {
  return Array.from({ length: 6 }, (_, n) => {
    const common = `Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-g${n}
From: <sip:user${n}@example.com>;tag=g${n}
To: <sip:user${n}@example.com>${''}
Call-ID: reg-${n}@192.0.2.10
CSeq: 1 REGISTER
`;
    const contact = `Contact: <sip:user${n}@192.0.2.10:5060>;expires=600\n`;
    return `=== ${n * 10}.000 192.0.2.10:5060 > 192.0.2.5:5060 udp
REGISTER sip:example.com SIP/2.0
${common}Max-Forwards: 70
${contact}Content-Length: 0

=== ${(n * 10 + delay).toFixed(3)} 192.0.2.5:5060 > 192.0.2.10:5060 udp
SIP/2.0 ${status} ${status === 200 ? 'OK' : 'Forbidden'}
${common.replace(/^(To: .*)$/m, `$1;tag=h${n}`)}${status === 200 ? contact : ''}Content-Length: 0
`;
  }).join('\n');
}

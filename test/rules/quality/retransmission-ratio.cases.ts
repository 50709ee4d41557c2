import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { attempts } from '../many-calls.ts';

const CALLS = attempts(20, () => 200);
/** The INVITE of so many calls once more, half a second after it. */
const again = (count: number) =>
  Array.from({ length: count }, (_, call) => ({ again: inviteOf(call), seconds: call + 0.5 }));

function inviteOf(call: number): number {
  return CALLS.split(/^=== /m).findIndex((block) => block.includes(`\nINVITE sip:bob${call}@`));
}

export const cases: RuleCases = {
  rule: 'quality/retransmission-ratio',
  valid: [
    { name: 'nothing sent again', flow: CALLS },
    { name: 'one of many', flow: CALLS, edits: again(1) },
  ],
  invalid: [
    {
      name: 'a few percent',
      flow: CALLS,
      edits: again(3),
      findings: [
        {
          key: 'ratio',
          frames: [4, 9, 14],
          message:
            '192.0.2.10:5060 sent 4.8 % of its 63 messages again, most of them requests to 192.0.2.20:5060',
        },
      ],
    },
    {
      name: 'more than a tenth',
      flow: CALLS,
      edits: again(9),
      findings: [{ key: 'ratio', frames: [4, 9, 14, 19, 24, 29, 34, 39, 45], severity: 'error' }],
    },
  ],
};

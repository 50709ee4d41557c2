import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'nat/no-keepalive',
  valid: [
    { name: 'silent, but it answers', flow: flow('register-nat') },
    {
      name: 'something came from it shortly before',
      flow: flow('register-nat'),
      edits: [{ drop: 4 }, { insert: '=== 280.000 203.0.113.7:31000 > 192.0.2.5:5060 rtp 1\n' }],
    },
  ],
  invalid: [
    {
      name: 'silent for five minutes, and no answer',
      flow: flow('register-nat'),
      edits: [{ drop: 4 }],
      findings: [
        {
          key: 'silent',
          frames: [3],
          message:
            '203.0.113.7:31000 had been silent for 300 s behind its NAT when OPTIONS was sent to it, unanswered',
        },
      ],
    },
  ],
};

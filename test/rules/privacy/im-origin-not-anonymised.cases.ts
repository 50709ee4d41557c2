import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const hidden = { flow: flow('sbc-private-caller'), policy: sbcPolicy({ caller: true }) };

export const cases: RuleCases = {
  rule: 'privacy/im-origin-not-anonymised',
  valid: [
    { name: 'SBC-41 o= of the controller', ...hidden },
    {
      name: 'the line that came named nobody',
      ...hidden,
      edits: [{ at: 1, replace: 'o=alice', by: 'o=-' }],
    },
  ],
  invalid: [
    {
      name: 'SBC-41 o= of the caller goes on',
      ...hidden,
      edits: [{ at: 3, replace: 'o=- 1 1 IN IP4 198.51.100.30', by: 'o=alice 1 1 IN IP4 192.0.2.10' }],
      findings: [
        {
          key: 'unchanged',
          frames: [3, 1],
          message: 'o= of the user went on as it came: alice 1 1 IN IP4 192.0.2.10',
        },
      ],
    },
    {
      name: 'SBC-41 another address than that of c=',
      ...hidden,
      edits: [{ at: 3, replace: 'o=- 1 1 IN IP4 198.51.100.30', by: 'o=- 1 1 IN IP4 198.51.100.20' }],
      findings: [
        {
          key: 'address',
          frames: [3, 1],
          message: 'o= has the address 198.51.100.20 and c= has 198.51.100.30',
        },
      ],
    },
    {
      name: 'SBC-41 the user name of the caller',
      ...hidden,
      edits: [{ at: 3, replace: 'o=- 1 1', by: 'o=alice 1 1' }],
      findings: [{ key: 'username', frames: [3, 1], message: 'o= still has the user name alice' }],
    },
  ],
};

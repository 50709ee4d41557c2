import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

export const cases: RuleCases = {
  rule: 'im/invalid-connection-address',
  valid: [{ name: 'a public address', flow: flow('sbc-two-sets'), policy: sbcPolicy() }],
  invalid: [
    {
      name: 'SBC-11 a private address that goes on unchanged',
      flow: flow('sbc-two-sets'),
      policy: sbcPolicy(),
      edits: [{ at: [1, 3], replace: 'c=IN IP4 192.0.2.10', by: 'c=IN IP4 10.1.1.1' }],
      findings: [
        {
          key: 'private',
          frames: [1],
          message: 'c= 10.1.1.1 of an IM description is private, and its receiver is not',
        },
        { key: 'private', frames: [3] },
      ],
    },
  ],
};

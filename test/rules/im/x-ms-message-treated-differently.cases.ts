import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

export const cases: RuleCases = {
  rule: 'im/x-ms-message-treated-differently',
  valid: [
    { name: 'SBC-3 x-ms-message goes on as it is', flow: flow('sbc-x-ms-message'), policy: sbcPolicy() },
    {
      name: 'SBC-43 private, and still x-ms-message',
      flow: flow('sbc-private-both'),
      policy: sbcPolicy({ caller: true, callee: true }),
      edits: [{ at: [1, 3, 7, 8], replace: 'm=message', by: 'm=x-ms-message' }],
    },
    {
      name: 'another proprietary type may be refused',
      flow: flow('sbc-im-refused'),
      policy: sbcPolicy(),
      edits: [{ at: 1, replace: 'm=message', by: 'm=x-foo-message' }],
    },
  ],
  invalid: [
    {
      name: 'SBC-3 refused',
      flow: flow('sbc-im-refused'),
      policy: sbcPolicy(),
      edits: [{ at: 1, replace: 'm=message', by: 'm=x-ms-message' }],
      findings: [
        {
          key: 'rejected',
          frames: [3, 1],
          message: 'the controller answered 488 to an offer of x-ms-message alone',
        },
      ],
    },
    {
      name: 'SBC-3 goes on as m=message',
      flow: flow('sbc-x-ms-message'),
      policy: sbcPolicy(),
      edits: [{ at: [3, 7], replace: 'm=x-ms-message', by: 'm=message' }],
      findings: [{ key: 'renamed', frames: [3, 1], message: 'm=x-ms-message went on as m=message' }],
    },
    {
      name: 'SBC-3 gets a port of its own',
      flow: flow('sbc-x-ms-message'),
      policy: sbcPolicy(),
      edits: [{ at: 3, replace: 'm=x-ms-message 5060', by: 'm=x-ms-message 20000' }],
      findings: [
        { key: 'relayed', frames: [3, 1], message: 'm=x-ms-message of port 5060 went on with port 20000' },
      ],
    },
  ],
};

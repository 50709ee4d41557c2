import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const SECOND = 'm=message 5062 sip sip:alice@192.0.2.10:5062';

export const cases: RuleCases = {
  rule: 'im/multiple-message-lines-rejected',
  valid: [
    { name: 'SBC-2 both lines go on', flow: flow('sbc-several-lines'), policy: sbcPolicy() },
    {
      name: 'SBC-42 privacy makes one of them',
      flow: flow('sbc-several-lines-private'),
      policy: sbcPolicy({ caller: true }),
    },
    {
      name: 'SBC-42 so does what the caller asks for',
      flow: flow('sbc-several-lines'),
      policy: `${sbcPolicy()}rules:\n  privacy/*: off\n`,
      edits: [
        { at: 1, add: 'Privacy: user' },
        { at: 3, remove: SECOND },
        { at: 7, remove: 'm=message 0' },
      ],
    },
    {
      name: 'SBC-13 towards H.323 they have to be refused',
      flow: flow('sbc-im-refused'),
      policy: sbcPolicy({ h323: true }),
      edits: [{ at: 1, replace: '\nm=message', by: `\n${SECOND}\nm=message` }],
    },
  ],
  invalid: [
    {
      name: 'SBC-2 two lines are refused',
      flow: flow('sbc-im-refused'),
      policy: sbcPolicy(),
      edits: [{ at: 1, replace: '\nm=message', by: `\n${SECOND}\nm=message` }],
      findings: [
        {
          key: 'rejected',
          frames: [3, 1],
          message: 'the controller answered 488 to an offer of 2 m=message lines',
        },
      ],
    },
    {
      name: 'SBC-2 the second line does not go on',
      flow: flow('sbc-several-lines'),
      policy: sbcPolicy(),
      edits: [
        { at: 3, remove: SECOND },
        { at: 7, remove: 'm=message 0' },
      ],
      findings: [{ key: 'changed', frames: [3, 1], message: 'an offer of 2 m=message lines went on with 1' }],
    },
  ],
};

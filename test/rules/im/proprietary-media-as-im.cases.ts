import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { laterFlow } from '../later-flow.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const FOREIGN = laterFlow(flow('sbc-two-sets')).replaceAll('m=message', 'm=x-foo-message');

export const cases: RuleCases = {
  rule: 'im/proprietary-media-as-im',
  valid: [
    { name: 'SBC-3 x-ms-message is IM', flow: flow('sbc-x-ms-message'), policy: sbcPolicy() },
    {
      name: 'SBC-4 the mix is refused with 488',
      flow: flow('sbc-im-refused'),
      policy: sbcPolicy(),
      edits: [{ at: 1, replace: 'm=message', by: 'm=x-foo-message 5070 sip null\nm=message' }],
    },
    { name: 'what the box does with other media was not captured', flow: FOREIGN, policy: sbcPolicy() },
  ],
  invalid: [
    {
      name: "SBC-4 IM with a type of somebody's own is let through",
      flow: flow('sbc-two-sets'),
      policy: sbcPolicy(),
      edits: [{ at: [1, 3, 7, 8], replace: 'm=message', by: 'm=x-foo-message 5070 sip null\nm=message' }],
      findings: [{ key: 'mixed', frames: [3, 1], severity: 'error' }],
    },
    {
      name: 'SBC-4 passed as IM is, by a box that relays audio',
      flow: `${flow('sbc-voice')}\n${FOREIGN}`,
      policy: sbcPolicy(),
      findings: [
        {
          key: 'transparent',
          frames: [19, 17],
          message: 'm=x-foo-message passed as IM does, while callees rewrites the addresses of other media',
        },
        { key: 'transparent', frames: [24, 23] },
      ],
    },
  ],
};

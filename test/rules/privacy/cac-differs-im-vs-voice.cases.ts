import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { laterFlow } from '../later-flow.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const HIDDEN = flow('sbc-voice').replaceAll(
  '"Alice" <sip:alice@example.com>;tag=sbc-a-1',
  '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=sbc-a-1',
);
const ASKED = HIDDEN.replaceAll('Supported: timer', 'Supported: timer\nPrivacy: id');
const four = (calls: string, im: string) => {
  const second = laterFlow(calls);
  const third = laterFlow(laterFlow(im));
  return [calls, second, third, laterFlow(third)].join('\n');
};

export const cases: RuleCases = {
  rule: 'privacy/cac-differs-im-vs-voice',
  valid: [
    {
      name: 'SBC-39 neither is hidden',
      flow: four(flow('sbc-voice'), flow('sbc-two-sets')),
      policy: sbcPolicy(),
    },
    {
      name: 'one call and one dialog are too few',
      flow: `${HIDDEN}\n${laterFlow(flow('sbc-two-sets'))}`,
      policy: sbcPolicy(),
    },
    {
      name: 'the caller asks to be hidden in calls: no entry says so',
      flow: four(ASKED, flow('sbc-two-sets')),
      policy: sbcPolicy(),
    },
  ],
  invalid: [
    {
      name: 'SBC-39 calls are hidden and IM dialogs are not',
      flow: four(HIDDEN, flow('sbc-two-sets')),
      policy: sbcPolicy(),
      findings: [
        {
          key: 'differs',
          frames: [35, 59, 3, 19],
          message: 'at callers alice@example.com is hidden in calls and not in IM dialogs',
        },
      ],
    },
  ],
};

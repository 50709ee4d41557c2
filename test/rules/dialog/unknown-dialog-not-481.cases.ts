import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const OTHER = 'rules:\n  dialog/tag-or-callid-changed: off\n';

export const cases: RuleCases = {
  rule: 'dialog/unknown-dialog-not-481',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: 'both dialogs of a fork', flow: flow('fork-answered-twice') },
    {
      name: 'refused with 481',
      flow: flow('call'),
      policy: OTHER,
      edits: [
        { at: [6, 7], replace: 'tag=b-tag', by: 'tag=x-tag' },
        { at: 7, replace: '200 OK', by: '481 Call/Transaction Does Not Exist' },
      ],
    },
    { name: 'the beginning is not in the capture', flow: flow('call'), edits: [{ drop: [1, 2, 3, 4, 5] }] },
    {
      name: 'a NOTIFY before the 2xx to its SUBSCRIBE',
      flow: flow('subscription'),
      edits: [{ at: 3, seconds: 0.04 }],
    },
  ],
  invalid: [
    {
      name: 'a BYE with another To tag accepted',
      flow: flow('call'),
      policy: OTHER,
      edits: [{ at: [6, 7], replace: 'tag=b-tag', by: 'tag=x-tag' }],
      findings: [
        {
          key: 'accepted',
          frames: [7, 6],
          message: 'BYE with tags of no dialog was answered 200',
        },
      ],
    },
  ],
};

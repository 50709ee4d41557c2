import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'dialog/prack-missing',
  valid: [
    { name: 'acknowledged', flow: flow('reliable') },
    { name: 'no reliable response', flow: flow('call') },
    {
      name: 'the PRACK is not in the capture, its answer is',
      flow: flow('reliable'),
      policy: 'rules:\n  sdp/*: off\n  dialog/2xx-before-prack: off\n',
      edits: [{ drop: [4, 6, 7] }],
    },
    {
      name: 'the call fails first',
      flow: flow('cancelled'),
      edits: [
        { at: 3, add: 'Require: 100rel', before: 'Contact' },
        { at: 3, add: 'RSeq: 813520', before: 'Contact' },
      ],
    },
    {
      name: 'the capture ends first',
      flow: flow('reliable'),
      edits: [{ drop: [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14] }],
    },
  ],
  invalid: [
    {
      name: 'a 183 sent again and never acknowledged',
      flow: flow('reliable'),
      policy: 'rules:\n  sdp/*: off\n  dialog/2xx-before-prack: off\n',
      edits: [{ drop: [4, 5, 6, 7] }, { again: 3, seconds: 0.8 }, { again: 3, seconds: 1.8 }],
      findings: [
        {
          key: 'missing',
          frames: [3, 5, 6],
          message: 'reliable 183 to INVITE has no PRACK',
        },
      ],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'dialog/2xx-before-prack',
  valid: [
    { name: 'the PRACK first', flow: flow('reliable') },
    { name: 'no reliable response', flow: flow('call') },
    {
      name: 'swapped by the capture',
      flow: flow('reliable'),
      policy: 'rules:\n  sdp/*: off\n',
      edits: [{ drop: [6, 7, 8] }, { at: 9, seconds: 0.318 }, { at: 10, seconds: 0.345 }],
    },
    {
      name: 'a reliable 1xx without session description',
      flow: flow('reliable'),
      policy: 'rules:\n  sdp/*: off\n',
      edits: [
        { drop: [6, 7, 8] },
        { at: 3, body: '' },
        { at: 3, remove: 'Content-Type' },
        { at: 9, seconds: 0.31 },
      ],
    },
  ],
  invalid: [
    {
      name: 'a 200 ten milliseconds after the 183',
      flow: flow('reliable'),
      policy: 'rules:\n  sdp/*: off\n',
      edits: [{ drop: [6, 7, 8] }, { at: 9, seconds: 0.31 }],
      findings: [
        {
          key: 'early',
          frames: [4, 3, 5],
          message: '200 to INVITE before the PRACK for its reliable 183',
        },
      ],
    },
  ],
};

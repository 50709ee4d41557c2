import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'quality/post-dial-delay',
  valid: [
    { name: 'ringing at once', flow: flow('call') },
    {
      name: 'a long time until somebody answers',
      flow: flow('call'),
      edits: [
        { at: 4, seconds: 25 },
        { at: 5, seconds: 25.1 },
        { at: 6, seconds: 40 },
        { at: 7, seconds: 40.1 },
      ],
    },
  ],
  invalid: [
    {
      name: 'ringing after six seconds',
      flow: flow('call'),
      edits: [
        { at: 3, seconds: 6 },
        { at: 4, seconds: 7 },
        { at: 5, seconds: 7.1 },
      ],
      findings: [{ key: 'slow', frames: [1, 3], message: 'The caller waited 6.0 s for the first answer' }],
    },
    {
      name: 'ringing after twelve seconds',
      flow: flow('call'),
      edits: [
        { at: 3, seconds: 12 },
        { at: 4, seconds: 13 },
        { at: 5, seconds: 13.1 },
        { at: 6, seconds: 20 },
        { at: 7, seconds: 20.1 },
      ],
      findings: [{ key: 'slow', frames: [1, 3], severity: 'error' }],
    },
    {
      name: 'no 100 for most of a second',
      flow: flow('call'),
      edits: [{ drop: 2 }, { at: 3, seconds: 0.45 }],
      findings: [{ key: 'trying-late', frames: [2, 1], severity: 'info' }],
    },
  ],
};

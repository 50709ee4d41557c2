import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'message/max-forwards',
  valid: [
    { name: 'a call', flow: flow('call') },
    {
      name: 'the largest value',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'Max-Forwards: 70', by: 'Max-Forwards: 255' }],
    },
  ],
  invalid: [
    {
      name: 'an INVITE without it',
      flow: flow('call'),
      edits: [{ at: 1, remove: 'Max-Forwards' }],
      findings: [{ key: 'missing', frames: [1], message: 'INVITE has no Max-Forwards' }],
    },
    {
      name: 'a value that is too large',
      flow: flow('call'),
      edits: [{ at: 6, replace: 'Max-Forwards: 70', by: 'Max-Forwards: 256' }],
      findings: [{ key: 'malformed', frames: [6] }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'message/option-tags',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: 'a reliable 183', flow: flow('reliable') },
    {
      name: 'required, and listed by the server',
      flow: flow('call'),
      edits: [{ at: 8, add: 'Require: timer' }],
    },
    {
      name: 'a server that never says what it supports',
      flow: flow('pager-message'),
      edits: [{ at: 1, add: 'Require: foo', before: 'User-Agent' }, { drop: [5, 6] }],
    },
    {
      name: 'refused with 420',
      flow: flow('call'),
      edits: [
        { at: 8, add: 'Require: foo' },
        { at: 9, replace: '200 OK', by: '420 Bad Extension' },
        { at: 9, add: 'Unsupported: foo' },
      ],
    },
  ],
  invalid: [
    {
      name: 'required, not listed, and accepted',
      flow: flow('call'),
      edits: [{ at: 8, add: 'Require: foo' }],
      findings: [
        {
          key: 'accepted',
          frames: [9, 8],
          message: '200 accepts a request that requires foo, which the server does not list in Supported',
        },
      ],
    },
    {
      name: 'used in the answer without an offer',
      flow: flow('call'),
      edits: [{ at: 9, add: 'Require: path' }],
      findings: [{ key: 'unoffered', frames: [9, 8] }],
    },
    {
      name: 'a 421 that does not say what it demands',
      flow: flow('call'),
      edits: [{ at: 9, replace: '200 OK', by: '421 Extension Required' }],
      findings: [{ key: 'no-require', frames: [9] }],
    },
  ],
};

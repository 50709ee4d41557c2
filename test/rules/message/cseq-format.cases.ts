import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'message/cseq-format',
  valid: [
    { name: 'a call', flow: flow('call') },
    {
      name: 'the largest number',
      flow: flow('call'),
      edits: [{ at: [8, 9], replace: 'CSeq: 1 ', by: 'CSeq: 2147483647 ' }],
    },
  ],
  invalid: [
    {
      name: 'no method',
      flow: flow('call'),
      edits: [{ at: 8, replace: 'CSeq: 1 OPTIONS', by: 'CSeq: 314159' }, { drop: 9 }],
      findings: [
        { key: 'malformed', frames: [8], message: 'CSeq of OPTIONS is no number and method: 314159' },
      ],
    },
    {
      name: 'a PRACK without the method, as a printed example has it',
      flow: flow('reliable'),
      edits: [{ at: 4, replace: 'CSeq: 2 PRACK', by: 'CSeq: 2' }, { drop: 5 }],
      findings: [{ key: 'malformed', frames: [4], message: 'CSeq of PRACK is no number and method: 2' }],
    },
    {
      name: 'a number of 2^31',
      flow: flow('call'),
      edits: [{ at: [8, 9], replace: 'CSeq: 1 ', by: 'CSeq: 2147483648 ' }],
      findings: [{ key: 'number', frames: [8] }],
    },
    {
      name: 'another method than that of the request',
      flow: flow('pager-message'),
      edits: [{ at: [1, 2], replace: '1 MESSAGE', by: '1 INFO' }],
      findings: [{ key: 'method', frames: [1], message: 'CSeq of MESSAGE names INFO' }],
    },
    {
      name: 'a response to another method than was asked',
      flow: flow('pager-message'),
      edits: [{ at: 2, replace: '1 MESSAGE', by: '1 INFO' }],
      findings: [
        { key: 'response-method', frames: [2, 1], message: '200 answers MESSAGE, its CSeq names INFO' },
      ],
    },
  ],
};

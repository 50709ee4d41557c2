import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const copies = (number: number, start: number) =>
  [0.5, 1.5, 3.5, 7.5, 11.5].map((seconds) => ({ again: number, seconds: start + seconds }));

export const cases: RuleCases = {
  rule: 'dialog/transaction-timeout',
  valid: [
    { name: 'a call', flow: flow('call') },
    {
      name: 'a request that is not sent again over UDP may have been answered',
      flow: flow('call'),
      edits: [{ drop: 7 }],
    },
    {
      name: 'the capture ends first',
      flow: flow('call'),
      edits: [{ drop: [7, 8, 9] }, { again: 6, seconds: 12.5 }],
      policy: 'rules:\n  dialog/retransmission-abnormal: off\n',
    },
    {
      name: 'only one direction in the capture',
      flow: flow('call'),
      edits: [{ drop: [2, 3, 4, 7, 9] }],
    },
  ],
  invalid: [
    {
      name: 'a BYE without answer',
      flow: flow('call'),
      edits: [{ drop: 7 }, ...copies(6, 12)],
      findings: [{ key: 'unanswered', frames: [6], message: 'BYE was never answered' }],
    },
    {
      name: 'an INVITE over TCP without answer',
      flow: flow('call'),
      edits: [
        { over: 'tcp' },
        { everywhere: 'SIP/2.0/UDP', by: 'SIP/2.0/TCP' },
        { drop: [2, 3, 4, 5, 6, 7] },
      ],
      findings: [{ key: 'unanswered', frames: [1], message: 'INVITE was never answered' }],
    },
    {
      name: 'an INVITE that rings for ever',
      flow: flow('session-timer'),
      edits: [{ drop: [4, 5, 6, 7, 8, 9] }],
      findings: [{ key: 'no-final', frames: [1, 3], message: 'INVITE got 180 and no final response' }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'dialog/retransmission-abnormal',
  valid: [
    { name: 'nothing sent again', flow: flow('call') },
    { name: 'a copy that crossed the 100', flow: flow('call'), edits: [{ again: 1, seconds: 0.5 }] },
    {
      name: 'a 2xx sent again before its ACK',
      flow: flow('call'),
      edits: [
        { again: 4, seconds: 2.5 },
        { again: 4, seconds: 3.5 },
        { at: 5, seconds: 3.6 },
      ],
    },
    {
      name: 'an INVITE every 20 seconds that keeps a binding of a NAT',
      flow: flow('call'),
      edits: [
        { at: 4, seconds: 45 },
        { at: 5, seconds: 45.02 },
        { at: 6, seconds: 50 },
        { at: 7, seconds: 50.01 },
        { again: 1, seconds: 20 },
        { again: 1, seconds: 40 },
      ],
      policy: 'rules:\n  quality/*: off\n',
    },
  ],
  invalid: [
    {
      name: 'twice before the answer',
      flow: flow('call'),
      edits: [
        { at: 7, seconds: 13.6 },
        { again: 6, seconds: 12.5 },
        { again: 6, seconds: 13.5 },
      ],
      policy: 'rules:\n  quality/*: off\n',
      findings: [
        {
          key: 'slow',
          frames: [6, 7, 8],
          severity: 'info',
          message: 'BYE was sent 3 times without an answer',
        },
      ],
    },
    {
      name: 'once, and doubled on its way',
      flow: flow('call'),
      edits: [
        { at: 7, seconds: 13.1 },
        { again: 6, seconds: 12.5 },
        { again: 6, seconds: 12.54 },
      ],
      policy: 'rules:\n  quality/*: off\n',
      findings: [{ key: 'slow', frames: [6, 7, 8], severity: 'info' }],
    },
    {
      name: 'four times, at equal intervals',
      flow: flow('call'),
      edits: [
        { at: 7, seconds: 14.1 },
        { again: 6, seconds: 12.5 },
        { again: 6, seconds: 13 },
        { again: 6, seconds: 13.5 },
        { again: 6, seconds: 14 },
      ],
      policy: 'rules:\n  quality/*: off\n',
      findings: [
        { key: 'slow', frames: [6, 7, 8, 9, 10] },
        {
          key: 'too-fast',
          frames: [6, 7, 8, 9, 10],
          message: 'BYE was sent again at intervals that do not double: 500, 500, 500, 500 ms',
        },
      ],
    },
    {
      name: 'over TCP',
      flow: flow('call'),
      edits: [
        { over: 'tcp' },
        { everywhere: 'SIP/2.0/UDP', by: 'SIP/2.0/TCP' },
        { again: 6, seconds: 12.005 },
      ],
      findings: [
        {
          key: 'reliable',
          frames: [6, 7],
          severity: 'error',
          message: 'BYE was sent again over tcp',
        },
      ],
    },
    {
      name: 'an INVITE after its 180',
      flow: flow('call'),
      edits: [{ again: 1, seconds: 1.5 }],
      findings: [
        { key: 'after-provisional', frames: [4, 2], message: 'INVITE was sent again after its 100' },
      ],
    },
    {
      name: 'a 2xx after its ACK',
      flow: flow('call'),
      edits: [{ again: 4, seconds: 3 }],
      findings: [{ key: 'after-ack', frames: [6, 5], message: '200 to INVITE was sent again after its ACK' }],
    },
  ],
};

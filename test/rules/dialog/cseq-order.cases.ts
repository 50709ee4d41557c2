import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

/** The copy itself is judged by another rule. */
const RETRANSMISSIONS_OFF = 'rules:\n  dialog/retransmission-abnormal: off\n';

export const cases: RuleCases = {
  rule: 'dialog/cseq-order',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: 'each direction counts by itself', flow: flow('glare') },
    { name: 'PRACK and UPDATE before the answer', flow: flow('reliable') },
    {
      name: 'a request sent again',
      flow: flow('call'),
      policy: RETRANSMISSIONS_OFF,
      edits: [{ again: 6, seconds: 12.5 }],
    },
    { name: 'a gap', flow: flow('call'), edits: [{ at: [6, 7], replace: 'CSeq: 2 BYE', by: 'CSeq: 9 BYE' }] },
    { name: 'both dialogs of a fork', flow: flow('fork-answered-twice') },
    { name: 'the hops of a proxy', flow: flow('proxied') },
  ],
  invalid: [
    {
      name: 'a BYE with the number of the INVITE',
      flow: flow('call'),
      edits: [{ at: [6, 7], replace: 'CSeq: 2 BYE', by: 'CSeq: 1 BYE' }],
      findings: [
        {
          key: 'same',
          frames: [6, 1],
          message: 'BYE has the CSeq number 1, as the INVITE before it had',
        },
      ],
    },
    {
      name: 'a BYE with a lower number, accepted',
      flow: flow('glare'),
      edits: [{ at: [18, 19], replace: 'CSeq: 5 BYE', by: 'CSeq: 3 BYE' }],
      findings: [
        {
          key: 'lower',
          frames: [18, 15],
          message: 'BYE has the CSeq number 3 after INVITE had 4',
        },
        {
          key: 'accepted',
          frames: [19, 18, 15],
          severity: 'warning',
          message: 'BYE with a lower CSeq number than the request before was answered 200',
        },
      ],
    },
    {
      name: 'a BYE with a lower number, refused',
      flow: flow('glare'),
      edits: [
        { at: [18, 19], replace: 'CSeq: 5 BYE', by: 'CSeq: 3 BYE' },
        { at: 19, replace: '200 OK', by: '500 Server Internal Error' },
      ],
      findings: [{ key: 'lower', frames: [18, 15] }],
    },
    {
      name: 'overtaken on the way',
      flow: flow('glare'),
      edits: [
        { at: [15, 16], replace: 'CSeq: 4 INVITE', by: 'CSeq: 5 INVITE' },
        { at: 17, replace: 'CSeq: 4 ACK', by: 'CSeq: 5 ACK' },
        { at: [18, 19], replace: 'CSeq: 5 BYE', by: 'CSeq: 4 BYE' },
        { at: 18, seconds: 14 },
        { at: 19, seconds: 14.01 },
        { at: 19, replace: '200 OK', by: '500 Server Internal Error' },
      ],
      findings: [{ key: 'lower', frames: [18, 15], severity: 'info' }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

export const cases: RuleCases = {
  rule: 'dialog/bye-missing',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: 'a call through a proxy', flow: flow('proxied') },
    {
      name: 'BYE for a dialog that is gone',
      flow: flow('call'),
      edits: [{ at: 7, replace: '200 OK', by: '481 Call/Transaction Does Not Exist' }],
    },
    { name: 'both sides of an SBC', flow: flow('sbc-voice'), policy: sbcPolicy() },
    { name: 'the capture ends first', flow: flow('proxied'), edits: [{ drop: [11, 12, 14, 15] }] },
  ],
  invalid: [
    {
      name: 'a BYE refused',
      flow: flow('call'),
      edits: [{ at: 7, replace: '200 OK', by: '403 Forbidden' }],
      findings: [{ key: 'refused', frames: [7, 6], message: 'BYE inside a dialog was answered 403' }],
    },
    {
      name: 'a box that answers the BYE and keeps it to itself',
      flow: flow('proxied'),
      edits: [{ drop: [11, 12] }],
      findings: [
        {
          key: 'half-open',
          frames: [10],
          severity: 'error',
          message: 'BYE was answered on one side of a box and none went out on the other',
        },
      ],
    },
    {
      name: 'an SBC that answers the BYE and sends none of its own',
      flow: flow('sbc-voice'),
      policy: sbcPolicy(),
      edits: [{ drop: [12, 13] }],
      findings: [{ key: 'half-open', frames: [11], severity: 'error' }],
    },
  ],
};

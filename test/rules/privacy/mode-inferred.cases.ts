import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { laterFlow } from '../later-flow.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const UNKNOWN = sbcPolicy({ caller: null, callee: null });

export const cases: RuleCases = {
  rule: 'privacy/mode-inferred',
  valid: [
    {
      name: 'SBC-39 the policy says it',
      flow: flow('sbc-private-caller'),
      policy: sbcPolicy({ caller: true }),
    },
    { name: 'no IM', flow: flow('sbc-voice'), policy: UNKNOWN },
    { name: 'MSRP', flow: flow('sbc-msrp'), policy: UNKNOWN },
  ],
  invalid: [
    {
      name: 'neither party is hidden',
      flow: flow('sbc-two-sets'),
      policy: UNKNOWN,
      findings: [
        { key: 'mode', frames: [3, 1], message: 'caller privacy is off in this IM dialog' },
        { key: 'mode', frames: [8, 7], message: 'callee privacy is off in this IM dialog' },
      ],
    },
    {
      name: 'the caller is hidden and the callee is not',
      flow: flow('sbc-private-caller'),
      policy: UNKNOWN,
      findings: [
        { key: 'mode', frames: [3, 1], message: 'caller privacy is on in this IM dialog' },
        { key: 'mode', frames: [8, 7] },
        {
          key: 'differs',
          frames: [1],
          message: 'the caller is hidden and the callee not hidden in one IM dialog',
        },
      ],
    },
    {
      name: 'the caller asks to be hidden: only what was done to the callee shows the configuration',
      flow: flow('sbc-private-caller'),
      policy: UNKNOWN,
      edits: [{ at: 1, add: 'Privacy: header;session' }],
      findings: [{ key: 'mode', frames: [8, 7] }],
    },
    {
      name: 'SBC-40 SBC-41 SBC-42 by half: c= and o= rewritten, m= not',
      flow: flow('sbc-private-caller'),
      policy: UNKNOWN,
      edits: [{ at: 3, replace: 'sip:anonymous@198.51.100.30', by: 'sip:alice@192.0.2.10' }],
      findings: [
        {
          key: 'partial',
          frames: [3, 1],
          severity: 'warning',
          message:
            'the IM description of the caller is made anonymous by half: c= rewritten, o= rewritten, m= not',
        },
        { key: 'mode', frames: [8, 7] },
      ],
    },
    {
      name: 'SBC-46 an answer with one line for the hidden callee, and one refused for what the caller had offered',
      flow: flow('sbc-several-lines-private'),
      policy: UNKNOWN,
      edits: [
        { at: 8, replace: 'o=bob 1 1 IN IP4 203.0.113.10', by: 'o=- 1 1 IN IP4 198.51.100.20' },
        { at: 8, replace: 'c=IN IP4 203.0.113.10', by: 'c=IN IP4 198.51.100.20' },
        {
          at: 8,
          replace: 'm=message 5060 sip sip:bob@203.0.113.10',
          by: 'm=message 5060 sip sip:anonymous@198.51.100.20',
        },
        {
          at: 8,
          replace: 'm=message 0 sip sip:bob@203.0.113.10',
          by: 'm=message 0 sip sip:alice@192.0.2.10:5062',
        },
      ],
      findings: [
        { key: 'mode', frames: [3, 1] },
        { key: 'mode', frames: [8, 7], message: 'callee privacy is on in this IM dialog' },
      ],
    },
    {
      name: 'SBC-39 two IM dialogs of one caller differ',
      flow: `${flow('sbc-two-sets')}\n${laterFlow(flow('sbc-private-caller'))}`,
      policy: UNKNOWN,
      findings: [
        { key: 'mode', frames: [3, 1] },
        { key: 'mode', frames: [8, 7] },
        { key: 'mode', frames: [27, 25] },
        { key: 'mode', frames: [32, 31] },
        { key: 'differs', frames: [25] },
        { key: 'changes', frames: [25], severity: 'warning' },
      ],
    },
  ],
};

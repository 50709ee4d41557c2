import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const IN = sbcPolicy({ passthrough: [true, false] });
const OUT = sbcPolicy({ passthrough: [false, true] });

export const cases: RuleCases = {
  rule: 'record-route/inbound-adjacency-wins',
  valid: [
    {
      name: 'SBC-26 on at the inbound adjacency alone: the set passes',
      flow: flow('sbc-passthrough'),
      policy: IN,
    },
    { name: 'SBC-27 off at the inbound adjacency alone: two sets', flow: flow('sbc-two-sets'), policy: OUT },
    { name: 'SBC-17 both alike', flow: flow('sbc-two-sets'), policy: sbcPolicy() },
    { name: 'SBC-32 a registered caller', flow: flow('sbc-registered'), policy: IN },
    {
      name: 'on at the inbound adjacency, and the caller asks to be hidden',
      flow: flow('sbc-two-sets'),
      policy: `${IN}rules:\n  privacy/*: off\n`,
      edits: [{ at: 1, add: 'Privacy: header' }],
    },
  ],
  invalid: [
    {
      name: 'SBC-26 on at the inbound adjacency, and the call follows the outbound one',
      flow: flow('sbc-two-sets'),
      policy: IN,
      findings: [
        {
          key: 'outbound',
          frames: [3, 1],
          message:
            'passthrough is on on callers and off on callees, and the call follows callees: RR not forwarded, no RR of both adjacencies, Contact rewritten, whole RR set not returned',
        },
      ],
    },
    {
      name: 'SBC-27 off at the inbound adjacency, and the set passes',
      flow: flow('sbc-passthrough'),
      policy: OUT,
      findings: [{ key: 'outbound', frames: [3, 1] }],
    },
    {
      name: 'SBC-26 half of it: Contact is rewritten',
      flow: flow('sbc-passthrough'),
      policy: IN,
      edits: [
        { at: 3, replace: 'Contact: <sip:alice@192.0.2.10:5060>', by: 'Contact: <sip:alice@198.51.100.30>' },
        { at: [15, 16], replace: 'sip:alice@192.0.2.10:5060 SIP', by: 'sip:alice@198.51.100.30 SIP' },
      ],
      findings: [{ key: 'partial', frames: [3, 1] }],
    },
  ],
};

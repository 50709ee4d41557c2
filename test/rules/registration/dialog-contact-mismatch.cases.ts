import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const OTHER = [
  {
    at: 7,
    replace: 'Contact: <sip:alice-7@198.51.100.30:5060>',
    by: 'Contact: <sip:zz@198.51.100.30:5060>',
  },
  { at: 19, replace: 'sip:alice-7@198.51.100.30:5060 SIP', by: 'sip:zz@198.51.100.30:5060 SIP' },
] as const;

export const cases: RuleCases = {
  rule: 'registration/dialog-contact-mismatch',
  valid: [
    { name: 'the published Contact', flow: flow('sbc-registered'), policy: sbcPolicy() },
    {
      name: 'with parameters of its own',
      flow: flow('sbc-registered'),
      policy: sbcPolicy(),
      edits: [
        {
          at: 7,
          replace: 'Contact: <sip:alice-7@198.51.100.30:5060>',
          by: 'Contact: <sip:alice-7@198.51.100.30:5060;ob>',
        },
      ],
    },
    {
      name: 'registered later in the same second',
      flow: flow('sbc-registered'),
      policy: sbcPolicy(),
      edits: [...OTHER, { at: 3, seconds: 1.8 }, { at: 4, seconds: 1.81 }],
    },
    { name: 'no registration', flow: flow('sbc-voice'), policy: sbcPolicy() },
  ],
  invalid: [
    {
      name: 'SBC-34 another Contact of the SBC',
      flow: flow('sbc-registered'),
      policy: sbcPolicy(),
      edits: OTHER,
      findings: [
        {
          key: 'differs',
          frames: [7, 5, 3],
          message:
            'INVITE of sip:alice@example.com left with the Contact sip:zz@198.51.100.30:5060, published was sip:alice-7@198.51.100.30:5060',
        },
      ],
    },
  ],
};

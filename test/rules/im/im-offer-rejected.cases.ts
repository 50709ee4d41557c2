import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

export const cases: RuleCases = {
  rule: 'im/im-offer-rejected',
  valid: [
    { name: 'SBC-1 IM is let through', flow: flow('sbc-two-sets'), policy: sbcPolicy() },
    {
      name: 'SBC-7 the callee refuses, and the refusal is relayed',
      flow: flow('sbc-callee-refuses'),
      policy: sbcPolicy(),
    },
    {
      name: 'SBC-13 towards H.323 it has to be refused',
      flow: flow('sbc-im-refused'),
      policy: sbcPolicy({ h323: true }),
    },
    {
      name: 'MSRP, where the policy refuses it',
      flow: flow('sbc-im-refused'),
      policy: sbcPolicy({ decisions: { 'msrp-under-privacy': 'refuse' } }),
      edits: [
        {
          at: 1,
          replace: 'm=message 5060 sip sip:alice@192.0.2.10',
          by: 'm=message 7654 TCP/MSRP *\na=accept-types:text/plain\na=path:msrp://192.0.2.10:7654/s8a;tcp',
        },
      ],
    },
  ],
  invalid: [
    {
      name: 'SBC-1 refused although nothing speaks against it',
      flow: flow('sbc-im-refused'),
      policy: sbcPolicy(),
      findings: [
        {
          key: 'rejected',
          frames: [3, 1],
          message: 'the controller answered 488 to an INVITE that offers IM alone',
        },
      ],
    },
  ],
};

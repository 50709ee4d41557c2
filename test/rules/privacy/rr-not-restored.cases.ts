import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

export const cases: RuleCases = {
  rule: 'privacy/rr-not-restored',
  valid: [
    {
      name: 'SBC-38 the set comes back',
      flow: flow('sbc-topology-hiding'),
      policy: sbcPolicy({ hiding: true }),
    },
    {
      name: 'no set came',
      flow: flow('sbc-topology-hiding'),
      policy: sbcPolicy({ hiding: true }),
      edits: [
        { at: [1, 6, 8], remove: 'Record-Route' },
        { at: 16, remove: 'Route' },
      ],
    },
  ],
  invalid: [
    {
      name: 'SBC-38 the set does not come back',
      flow: flow('sbc-topology-hiding'),
      policy: sbcPolicy({ hiding: true }),
      edits: [
        { at: [6, 8], remove: 'Record-Route' },
        { at: 16, remove: 'Route' },
      ],
      findings: [
        {
          key: 'lost',
          frames: [8, 1],
          message:
            'Record-Route sip:192.0.2.5;lr of the INVITE did not come back with the 200 (policy: topology hiding)',
        },
      ],
    },
  ],
};

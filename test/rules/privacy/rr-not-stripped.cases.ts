import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const KEPT = [
  { at: [3, 5, 7], add: 'Record-Route: <sip:192.0.2.5;lr>', before: 'Contact' },
  { at: 15, add: 'Route: <sip:192.0.2.5;lr>', before: 'Content-Type' },
] as const;

export const cases: RuleCases = {
  rule: 'privacy/rr-not-stripped',
  valid: [
    {
      name: 'SBC-37 topology hiding strips the set',
      flow: flow('sbc-topology-hiding'),
      policy: sbcPolicy({ passthrough: true, hiding: true }),
    },
    {
      name: 'SBC-37 privacy strips the set',
      flow: flow('sbc-private-caller'),
      policy: sbcPolicy({ passthrough: true, caller: true }),
    },
    {
      name: 'the controller adds a Record-Route of its own',
      flow: flow('sbc-topology-hiding'),
      policy: sbcPolicy({ hiding: true }),
      edits: [
        { at: [3, 5, 7], add: 'Record-Route: <sip:198.51.100.30;lr>', before: 'Contact' },
        { at: 15, add: 'Route: <sip:198.51.100.30;lr>', before: 'Content-Type' },
      ],
    },
    { name: 'neither of them', flow: flow('sbc-passthrough'), policy: sbcPolicy({ passthrough: true }) },
  ],
  invalid: [
    {
      name: 'SBC-37 topology hiding, and the proxy of the caller goes on',
      flow: flow('sbc-topology-hiding'),
      policy: sbcPolicy({ passthrough: true, hiding: true }),
      edits: KEPT,
      findings: [
        {
          key: 'kept',
          frames: [3, 1],
          message: 'Record-Route sip:192.0.2.5;lr went on with the INVITE (policy: topology hiding)',
        },
      ],
    },
    {
      name: 'SBC-37 a private caller',
      flow: flow('sbc-private-caller'),
      policy: sbcPolicy({ caller: true }),
      edits: KEPT,
      findings: [{ key: 'kept', frames: [3, 1] }],
    },
  ],
};

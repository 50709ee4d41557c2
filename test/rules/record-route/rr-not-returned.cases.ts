import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const off = { flow: flow('sbc-two-sets'), policy: sbcPolicy() };
const on = { flow: flow('sbc-passthrough'), policy: sbcPolicy({ passthrough: true }) };

export const cases: RuleCases = {
  rule: 'record-route/rr-not-returned',
  valid: [
    { name: 'SBC-19 the cached set comes back', ...off },
    { name: 'SBC-25 the whole set comes back', ...on },
    { name: 'a refusal forms no dialog', flow: flow('sbc-callee-refuses'), policy: sbcPolicy() },
    {
      name: 'topology hiding is judged by privacy/rr-not-restored',
      flow: flow('sbc-topology-hiding'),
      policy: sbcPolicy({ hiding: true }),
    },
  ],
  invalid: [
    {
      name: 'SBC-19 the set does not come back',
      ...off,
      edits: [
        { at: [6, 8], remove: 'Record-Route' },
        { at: 16, remove: 'Route' },
      ],
      findings: [
        {
          key: 'missing',
          frames: [8, 1],
          message: 'Record-Route sip:192.0.2.5;lr came with the INVITE and is not in the 200',
        },
      ],
    },
    {
      name: 'SBC-25 the proxy of the callee is taken out of the set',
      ...on,
      edits: [
        { at: [6, 8], remove: 'Record-Route: <sip:203.0.113.5' },
        { at: [9, 11, 19], remove: 'Route: <sip:203.0.113.5' },
      ],
      findings: [{ key: 'partly', frames: [8, 7] }],
    },
    {
      name: "SBC-25 the set comes back without the caller's own proxy, as the callee sent it",
      ...on,
      edits: [{ at: [5, 6, 7, 8], remove: 'Record-Route: <sip:192.0.2.5' }],
      findings: [{ key: 'lacks', frames: [8, 7] }],
    },
  ],
};

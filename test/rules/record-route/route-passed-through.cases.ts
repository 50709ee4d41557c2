import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const on = { flow: flow('sbc-passthrough'), policy: sbcPolicy({ passthrough: true }) };
const off = { flow: flow('sbc-two-sets'), policy: sbcPolicy() };

export const cases: RuleCases = {
  rule: 'record-route/route-passed-through',
  valid: [
    { name: 'SBC-29 Route is built of the set of the far side', ...on },
    { name: 'SBC-20 without passthrough as well', ...off },
    {
      name: 'an initial request may bring Route for an outbound proxy',
      ...off,
      edits: [{ at: 3, add: 'Route: <sip:203.0.113.5;lr>', before: 'Contact' }],
    },
  ],
  invalid: [
    {
      name: 'SBC-29 the BYE carries the Route of the controller itself',
      ...on,
      edits: [{ at: 20, add: 'Route: <sip:198.51.100.20;lr>', before: 'Route' }],
      findings: [
        {
          key: 'own',
          frames: [20, 19],
          message:
            'Route of the BYE towards 203.0.113.5:5060 names the controller itself: sip:198.51.100.20;lr',
        },
      ],
    },
    {
      name: 'SBC-29 a message of the callee goes on with its own proxy in Route',
      ...on,
      edits: [{ at: 16, add: 'Route: <sip:203.0.113.5;lr>', before: 'Content-Type' }],
      findings: [{ key: 'side', frames: [16, 15] }],
    },
    {
      name: 'SBC-29 a Route that no set has is passed on',
      ...off,
      edits: [{ at: [19, 20], add: 'Route: <sip:203.0.113.77;lr>', before: 'Content-Length' }],
      findings: [{ key: 'copied', frames: [20, 19] }],
    },
  ],
};

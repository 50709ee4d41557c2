import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const on = { flow: flow('sbc-passthrough'), policy: sbcPolicy({ passthrough: true }) };

export const cases: RuleCases = {
  rule: 'record-route/passthrough-rr-missing',
  valid: [
    { name: 'SBC-22 the set that came goes on below the values of the controller', ...on },
    {
      name: 'no Record-Route came',
      ...on,
      edits: [
        { at: [1, 3, 5, 6, 7, 8], remove: 'Record-Route: <sip:192.0.2.5;lr>' },
        { at: 16, remove: 'Route: <sip:192.0.2.5;lr>' },
        { at: 15, remove: 'Route: <sip:192.0.2.5;lr>' },
      ],
    },
    {
      name: 'SBC-31 Record-Route in a request inside the dialog need not go on',
      ...on,
      edits: [{ at: 11, add: 'Record-Route: <sip:192.0.2.5;lr>', before: 'Route: <sip:198.51.100.20' }],
    },
    {
      name: 'SBC-37 topology hiding strips the set',
      flow: flow('sbc-topology-hiding'),
      policy: sbcPolicy({ passthrough: true, hiding: true }),
    },
    {
      name: 'SBC-32 a registered caller: as though it were off',
      flow: flow('sbc-registered'),
      policy: sbcPolicy({ passthrough: true }),
    },
  ],
  invalid: [
    {
      name: 'SBC-22 the value of the proxy before it is gone',
      ...on,
      edits: [
        { at: [3, 5, 6, 7, 8], remove: 'Record-Route: <sip:192.0.2.5;lr>' },
        { at: 15, remove: 'Route: <sip:192.0.2.5;lr>' },
      ],
      findings: [
        {
          key: 'missing',
          frames: [3, 1],
          message: 'Record-Route sip:192.0.2.5;lr came with the INVITE and did not go on',
        },
      ],
    },
    {
      name: 'SBC-22 two values go on in another order',
      ...on,
      edits: [
        { at: 1, add: 'Record-Route: <sip:192.0.2.6;lr>', before: 'Contact' },
        {
          at: [3, 5, 6, 7, 8],
          add: 'Record-Route: <sip:192.0.2.6;lr>',
          before: 'Record-Route: <sip:192.0.2.5',
        },
        { at: [15, 16], add: 'Route: <sip:192.0.2.6;lr>', before: 'Route: <sip:192.0.2.5' },
      ],
      findings: [
        {
          key: 'reordered',
          frames: [3, 1],
          message:
            'the Record-Route set of the INVITE went on in another order: sip:198.51.100.30;lr, sip:198.51.100.20;lr, sip:192.0.2.6;lr, sip:192.0.2.5;lr',
        },
      ],
    },
    {
      name: 'no policy, and three of four signals say passthrough: a warning',
      flow: flow('sbc-passthrough'),
      edits: [{ at: 1, add: 'Record-Route: <sip:192.0.2.6;lr>', before: 'Contact' }],
      findings: [{ key: 'missing', frames: [3, 1], severity: 'warning' }],
      also: [
        { rule: 'privacy/mode-inferred', key: 'mode', frames: [3, 1] },
        { rule: 'privacy/mode-inferred', key: 'mode', frames: [8, 7] },
        { rule: 'record-route/mode-inferred', key: 'mode', frames: [3] },
      ],
    },
  ],
};

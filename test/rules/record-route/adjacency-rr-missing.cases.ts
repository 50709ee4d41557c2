import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const on = { flow: flow('sbc-passthrough'), policy: sbcPolicy({ passthrough: true }) };

export const cases: RuleCases = {
  rule: 'record-route/adjacency-rr-missing',
  valid: [
    { name: 'SBC-24 both adjacencies record themselves', ...on },
    { name: 'passthrough is off: there need be none', flow: flow('sbc-two-sets'), policy: sbcPolicy() },
    {
      name: 'a private caller: there need be none',
      flow: flow('sbc-private-caller'),
      policy: sbcPolicy({ passthrough: true, caller: true }),
    },
  ],
  invalid: [
    {
      name: 'SBC-24 neither adjacency records itself',
      ...on,
      edits: [
        { at: [3, 5, 6, 7, 8], remove: 'Record-Route: <sip:198.51.100' },
        { at: [11, 15, 19, 9], remove: 'Route: <sip:198.51.100' },
      ],
      findings: [
        {
          key: 'none',
          frames: [3, 1],
          message: 'the INVITE leaves for 203.0.113.5:5060 without any Record-Route of the controller',
        },
      ],
    },
    {
      name: 'SBC-24 the inbound adjacency does not record itself',
      ...on,
      edits: [
        { at: [3, 5, 6, 7, 8], remove: 'Record-Route: <sip:198.51.100.20' },
        { at: [11, 15, 19, 9], remove: 'Route: <sip:198.51.100.20' },
      ],
      findings: [
        {
          key: 'inbound',
          frames: [3, 1],
          message: 'the INVITE leaves without Record-Route of the inbound adjacency callers',
        },
      ],
    },
    {
      name: 'SBC-24 the outbound adjacency does not record itself',
      ...on,
      edits: [
        { at: [3, 5, 6, 7, 8], remove: 'Record-Route: <sip:198.51.100.30' },
        { at: [11, 15, 19, 9], remove: 'Route: <sip:198.51.100.30' },
      ],
      findings: [
        {
          key: 'outbound',
          frames: [3, 1],
          message: 'the INVITE leaves without Record-Route of the outbound adjacency callees',
        },
      ],
    },
    {
      name: 'one value too many',
      ...on,
      edits: [
        {
          at: [3, 5, 6, 7, 8],
          add: 'Record-Route: <sip:x@198.51.100.30;lr>',
          before: 'Record-Route: <sip:198.51.100.30',
        },
        { at: [11, 15, 19, 9], add: 'Route: <sip:x@198.51.100.30;lr>', before: 'Route: <sip:198.51.100.30' },
      ],
      findings: [{ key: 'count', frames: [3, 1], severity: 'warning' }],
    },
  ],
};

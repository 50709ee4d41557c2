import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'registration/service-route-ignored',
  valid: [
    { name: 'behind a local route', flow: flow('register-path') },
    {
      name: 'a call for help',
      flow: flow('register-path'),
      policy: 'rules:\n  emergency/*: off\n',
      edits: [
        { at: 9, remove: 'Route' },
        { drop: [10, 11] },
        { at: 9, replace: 'MESSAGE sip:bob@example.org', by: 'MESSAGE urn:service:sos' },
      ],
    },
    {
      name: 'a request to another place',
      flow: flow('register-path'),
      edits: [
        { at: 9, remove: 'Route' },
        { drop: [10, 11] },
        { at: 9, to: '203.0.113.5:5060' },
        { at: 12, from: '203.0.113.5:5060' },
      ],
    },
  ],
  invalid: [
    {
      name: 'left out',
      flow: flow('register-path'),
      edits: [{ at: 9, remove: 'Route' }],
      findings: [
        {
          key: 'unused',
          frames: [9, 4],
          severity: 'info',
          message: 'MESSAGE has the Route none, without the Service-Route <sip:192.0.2.5;lr>',
        },
      ],
    },
    {
      name: 'in another order',
      flow: flow('register-path'),
      edits: [
        {
          at: 9,
          replace: '<sip:192.0.2.30;lr>, <sip:192.0.2.5;lr>',
          by: '<sip:192.0.2.5;lr>, <sip:192.0.2.30;lr>',
        },
      ],
      findings: [
        {
          key: 'order',
          frames: [9, 4],
          message:
            'MESSAGE has the Route <sip:192.0.2.5;lr>, <sip:192.0.2.30;lr>, the Service-Route is <sip:192.0.2.5;lr>',
        },
      ],
    },
  ],
};

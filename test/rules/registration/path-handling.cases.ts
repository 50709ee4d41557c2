import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'registration/path-handling',
  valid: [
    { name: 'added, returned and used', flow: flow('register-path') },
    { name: 'no Path', flow: flow('register') },
    {
      name: 'refused with 420',
      flow: flow('register-path'),
      edits: [
        { at: [3, 4], replace: '200 OK', by: '420 Bad Extension' },
        { at: [3, 4], remove: 'Path' },
        { at: [3, 4], remove: 'Service-Route' },
        { at: [3, 4], remove: 'Contact' },
        { at: [3, 4], replace: 'Supported: path', by: 'Unsupported: path' },
      ],
    },
  ],
  invalid: [
    {
      name: 'a phone that does not support it',
      flow: flow('register-path'),
      edits: [{ at: [1, 2], remove: 'Supported' }],
      findings: [{ key: 'unsupported', frames: [2], severity: 'warning' }],
    },
    {
      name: 'not returned',
      flow: flow('register-path'),
      edits: [{ at: [3, 4], remove: 'Path' }],
      findings: [
        { key: 'not-returned', frames: [3, 2], message: '200 to REGISTER lacks the Path of the request' },
      ],
    },
    {
      name: 'not used',
      flow: flow('register-path'),
      edits: [{ at: 5, remove: 'Route' }],
      findings: [
        {
          key: 'not-used',
          frames: [5, 3],
          message:
            'MESSAGE to sip:alice@192.0.2.10:5060 has the Route none, its binding has the Path <sip:192.0.2.30;lr>',
        },
      ],
    },
  ],
};

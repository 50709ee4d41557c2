import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'registration/record-route-in-register',
  valid: [
    { name: 'no Record-Route', flow: flow('register') },
    { name: 'Path and Service-Route', flow: flow('register-path') },
  ],
  invalid: [
    {
      name: 'a proxy adds it to REGISTER',
      flow: flow('register-path'),
      edits: [{ at: 2, add: 'Record-Route: <sip:192.0.2.30;lr>', before: 'User-Agent' }],
      findings: [{ key: 'request', frames: [2], severity: 'info', message: 'REGISTER carries Record-Route' }],
    },
    {
      name: 'the registrar returns it',
      flow: flow('register'),
      edits: [{ at: 2, add: 'Record-Route: <sip:192.0.2.30;lr>', before: 'Server' }],
      findings: [
        {
          key: 'response',
          frames: [2],
          severity: 'error',
          message: '200 to REGISTER carries Record-Route',
        },
      ],
    },
    {
      name: 'the phone makes a route of it',
      flow: flow('register'),
      edits: [
        { at: 2, add: 'Record-Route: <sip:192.0.2.30;lr>', before: 'Server' },
        { at: 4, add: 'Record-Route: <sip:192.0.2.30;lr>', before: 'Server' },
        { at: 5, add: 'Route: <sip:192.0.2.30;lr>', before: 'From' },
      ],
      findings: [
        {
          key: 'used',
          frames: [5, 4],
          severity: 'error',
          message: 'OPTIONS goes by a Route made of the Record-Route in a 2xx to REGISTER',
        },
        { key: 'response', frames: [2, 4], severity: 'error' },
      ],
    },
  ],
};

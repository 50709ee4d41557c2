import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'record-route/not-loose',
  valid: [{ name: 'a proxy with lr', flow: flow('proxied') }],
  invalid: [
    {
      name: 'Record-Route as RFC 2543 had it',
      flow: flow('call'),
      edits: [
        { at: 1, add: 'Record-Route: <sip:23198@192.0.2.10:5060;maddr=192.0.2.10>', before: 'Contact' },
        { at: [3, 4], add: 'Record-Route: <sip:23198@192.0.2.10:5060;maddr=192.0.2.10>', before: 'Contact' },
      ],
      findings: [
        {
          key: 'lr',
          frames: [1],
          message: 'Record-Route sip:23198@192.0.2.10:5060;maddr=192.0.2.10 has no lr parameter',
        },
      ],
    },
    {
      name: 'Record-Route of an im URI',
      flow: flow('call'),
      edits: [{ at: [1, 3, 4], add: 'Record-Route: <im:proxy@192.0.2.10>', before: 'Contact' }],
      findings: [{ key: 'scheme', frames: [1] }],
    },
  ],
};

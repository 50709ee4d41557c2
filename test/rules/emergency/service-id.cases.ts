import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'emergency/service-id',
  valid: [
    { name: 'marked', flow: flow('emergency') },
    { name: 'no call for help', flow: flow('call') },
    {
      name: 'a number that the policy does not call one',
      flow: flow('call'),
      policy: 'emergency-numbers: ["112"]\n',
      edits: [{ at: 1, replace: 'INVITE sip:bob@', by: 'INVITE sip:911@' }],
    },
  ],
  invalid: [
    {
      name: 'digits only',
      flow: flow('emergency'),
      edits: [
        { at: 1, replace: 'INVITE urn:service:sos', by: 'INVITE sips:911@192.0.2.20' },
        { everywhere: 'urn:service:sos', by: 'sips:911@example.com' },
      ],
      findings: [
        {
          key: 'legacy',
          frames: [1],
          message: 'INVITE sips:911@192.0.2.20 calls for help without urn:service:sos',
        },
      ],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'registration/contact-star',
  valid: [{ name: 'alone, with Expires: 0', flow: flow('register') }],
  invalid: [
    {
      name: 'beside another Contact',
      flow: flow('register'),
      edits: [{ at: 9, add: 'Contact: <sip:alice@192.0.2.10:5060>', before: 'Supported' }],
      findings: [{ key: 'beside', frames: [9], message: 'Contact: * stands beside other Contact values' }],
    },
    {
      name: 'with an hour to live',
      flow: flow('register'),
      edits: [{ at: 9, replace: 'Expires: 0', by: 'Expires: 3600' }],
      findings: [{ key: 'expires', frames: [9], message: 'Contact: * comes with Expires 3600, not 0' }],
    },
    {
      name: 'without Expires',
      flow: flow('register'),
      edits: [{ at: 9, remove: 'Expires' }],
      findings: [{ key: 'expires', frames: [9] }],
    },
  ],
};

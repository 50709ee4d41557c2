import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'message/unknown-or-misspelt-header',
  valid: [
    { name: 'a call', flow: flow('call') },
    {
      name: 'headers of vendors',
      flow: flow('call'),
      edits: [
        { at: 6, add: 'X-Contact-Length: 0' },
        { at: 6, add: 'P-Contacts: 1' },
        { at: 6, add: 'Cost: 3' },
        { at: 6, add: 'Weather: fine' },
      ],
    },
  ],
  invalid: [
    {
      name: 'Contact-Length',
      flow: flow('call'),
      edits: [{ at: 6, add: 'Contact-Length: 0' }],
      findings: [
        { key: 'misspelt', frames: [6], message: 'Header Contact-Length looks like Content-Length misspelt' },
      ],
    },
    {
      name: 'Record_Route',
      flow: flow('call'),
      edits: [{ at: 8, add: 'Record_Route: <sip:192.0.2.30;lr>' }],
      findings: [{ key: 'misspelt', frames: [8] }],
    },
  ],
};

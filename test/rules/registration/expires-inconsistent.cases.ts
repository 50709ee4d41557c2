import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'registration/expires-inconsistent',
  valid: [
    { name: 'as asked for', flow: flow('register') },
    {
      name: 'shorter',
      flow: flow('register'),
      edits: [{ at: [2, 4], replace: 'expires=600', by: 'expires=500' }],
    },
    {
      name: 'the registrar chooses',
      flow: flow('register'),
      edits: [
        { at: 1, replace: ';expires=600', by: '' },
        { at: 2, replace: 'expires=600', by: 'expires=3600' },
      ],
    },
    {
      name: 'another phone of alice beside',
      flow: flow('register'),
      edits: [{ at: 2, add: 'Contact: <sip:alice@198.51.100.7:5060>;expires=3000', before: 'Server' }],
    },
    {
      name: 'rewritten for a NAT',
      flow: flow('register'),
      edits: [
        {
          at: [2, 4],
          replace: 'Contact: <sip:alice@192.0.2.10:5060>',
          by: 'Contact: <sip:alice@198.51.100.7:5060>',
        },
        { drop: [5, 6, 7, 8] },
      ],
    },
  ],
  invalid: [
    {
      name: 'an hour where ten minutes were asked for',
      flow: flow('register'),
      edits: [{ at: 2, replace: 'expires=600', by: 'expires=3600' }],
      findings: [
        {
          key: 'longer',
          frames: [2, 1],
          message: 'Contact sip:alice@192.0.2.10:5060 was granted 3600 seconds, 600 were asked for',
        },
      ],
    },
    {
      name: 'no expiry',
      flow: flow('register'),
      edits: [{ at: 2, replace: ';expires=600', by: '' }],
      findings: [
        {
          key: 'no-expires',
          frames: [2, 1],
          message: 'Contact sip:alice@192.0.2.10:5060 in the 200 has no expires',
        },
      ],
    },
    {
      name: 'the binding is not in the 2xx',
      flow: flow('register'),
      edits: [{ at: 2, remove: 'Contact' }],
      findings: [{ key: 'absent', frames: [2, 1] }],
    },
    {
      name: 'too brief, and not said by how much',
      flow: flow('register'),
      edits: [
        { at: 2, replace: '200 OK', by: '423 Interval Too Brief' },
        { at: 2, remove: 'Contact' },
      ],
      findings: [
        {
          key: 'no-min-expires',
          frames: [2, 1],
          severity: 'error',
          message: '423 to REGISTER lacks Min-Expires',
        },
      ],
    },
    {
      name: 'too brief once more',
      flow: flow('register'),
      edits: [
        { at: 2, replace: '200 OK', by: '423 Interval Too Brief' },
        { at: 2, replace: 'Contact: <sip:alice@192.0.2.10:5060>;expires=600', by: 'Min-Expires: 1200' },
      ],
      findings: [
        {
          key: 'below-min',
          frames: [3, 2],
          message: 'REGISTER asks for 600 seconds after 423 with Min-Expires 1200',
        },
      ],
    },
  ],
};

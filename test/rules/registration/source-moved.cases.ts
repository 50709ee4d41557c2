import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'registration/source-moved',
  valid: [
    { name: 'the address it registered from', flow: flow('register') },
    {
      name: 'registered again first, with another Contact',
      flow: flow('register'),
      edits: [
        { at: [3, 5], from: '198.51.100.7:5060' },
        { at: [4, 6], to: '198.51.100.7:5060' },
        { at: [3, 5], replace: 'UDP 192.0.2.10:5060', by: 'UDP 198.51.100.7:5060' },
        { at: [4, 6], replace: 'UDP 192.0.2.10:5060', by: 'UDP 198.51.100.7:5060' },
        { at: [4, 6], replace: 'received=192.0.2.10', by: 'received=198.51.100.7' },
        {
          at: [3, 4, 5],
          replace: 'Contact: <sip:alice@192.0.2.10:5060>',
          by: 'Contact: <sip:alice@198.51.100.7:5060>',
        },
        { drop: [9, 10] },
      ],
    },
    {
      name: 'several flows of one phone',
      flow: flow('register'),
      edits: [
        {
          at: [1, 2, 3, 4],
          replace: ';expires=600',
          by: ';reg-id=1;+sip.instance="<urn:uuid:00000000-0000-1000-8000-000000000001>";expires=600',
        },
        { at: 3, from: '198.51.100.7:5060' },
        { at: 4, to: '198.51.100.7:5060' },
        { at: 4, replace: 'received=192.0.2.10', by: 'received=198.51.100.7' },
        { drop: [5, 6, 9, 10] },
      ],
    },
  ],
  invalid: [
    {
      name: 'a request from another address',
      flow: flow('register'),
      edits: [
        { at: 5, from: '198.51.100.7:5060' },
        { at: 6, to: '198.51.100.7:5060' },
        { at: 6, replace: 'received=192.0.2.10', by: 'received=198.51.100.7' },
      ],
      findings: [
        {
          key: 'request',
          frames: [5, 4],
          message:
            'OPTIONS with Contact sip:alice@192.0.2.10:5060 comes from 198.51.100.7:5060, the binding was made from 192.0.2.10:5060',
        },
      ],
    },
    {
      name: 'a refresh from another port',
      flow: flow('register'),
      edits: [
        { at: 3, from: '192.0.2.10:31999' },
        { at: 4, to: '192.0.2.10:31999' },
        { at: 4, replace: 'rport=5060', by: 'rport=31999' },
        { drop: [5, 6, 7, 8, 9, 10, 11, 12] },
      ],
      findings: [{ key: 'registration', frames: [3, 2] }],
    },
  ],
};

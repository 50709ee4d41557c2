import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const SOS = [
  { at: [1, 3], replace: 'INVITE sip:bob@example.org', by: 'INVITE urn:service:sos' },
  { everywhere: 'To: <sip:bob@example.org>', by: 'To: <urn:service:sos>' },
] as const;
const LOCATED = { at: 1, add: 'Geolocation: <https://lis.example.com/1>\nGeolocation-Routing: yes' } as const;

const UNPROTECTED = [1, 3].map((frame) => {
  return { rule: 'emergency/treatment', key: 'unprotected', frames: [frame], severity: 'info' } as const;
});

export const cases: RuleCases = {
  rule: 'emergency/location',
  valid: [
    { name: 'location by value', flow: flow('emergency') },
    {
      name: 'location by reference',
      flow: flow('emergency'),
      edits: [{ at: 1, replace: '<cid:loc-1@example.com>', by: '<https://lis.example.com/loc-1>' }],
    },
    {
      name: 'a test call',
      flow: flow('emergency'),
      edits: [
        { everywhere: 'urn:service:sos', by: 'urn:service:test.sos' },
        { at: 1, remove: 'Geolocation' },
      ],
    },
  ],
  invalid: [
    {
      name: 'no location',
      flow: flow('emergency'),
      edits: [
        { at: 1, remove: 'Geolocation' },
        { at: 1, replace: 'application/pidf+xml\nContent-ID', by: 'application/octet-stream\nContent-ID' },
      ],
      findings: [{ key: 'missing', frames: [1], severity: 'warning' }],
    },
    {
      name: 'a part that is not there',
      flow: flow('emergency'),
      edits: [{ at: 1, replace: 'Content-ID: <loc-1@', by: 'Content-ID: <loc-2@' }],
      findings: [{ key: 'cid-without-part', frames: [1] }],
    },
    {
      name: 'a part that no header names',
      flow: flow('emergency'),
      edits: [{ at: 1, remove: 'Geolocation:' }],
      findings: [{ key: 'part-without-header', frames: [1] }],
    },
    {
      name: 'Geolocation-Routing twice',
      flow: flow('emergency'),
      edits: [{ at: 1, add: 'Geolocation-Routing: no' }],
      findings: [{ key: 'routing-repeated', frames: [1], message: 'Geolocation-Routing is there 2 times' }],
      also: [{ rule: 'message/duplicate-single-header', key: 'repeated', frames: [1] }],
    },
    {
      name: 'not to be used for routing',
      flow: flow('emergency'),
      edits: [{ at: 1, replace: 'Geolocation-Routing: yes', by: 'Geolocation-Routing: no' }],
      findings: [{ key: 'routing-not-allowed', frames: [1], severity: 'warning' }],
    },
    {
      name: '424 that does not say why',
      flow: flow('sips-message'),
      edits: [{ at: 2, replace: '200 OK', by: '424 Bad Location Information' }],
      findings: [{ key: 'error-unsaid', frames: [2], severity: 'warning' }],
    },
    {
      name: 'the SBC takes the location away',
      flow: flow('sbc-voice'),
      policy: sbcPolicy(),
      edits: [...SOS, LOCATED],
      findings: [
        { key: 'missing', frames: [3], severity: 'warning' },
        { key: 'removed', frames: [3, 1] },
      ],
      also: UNPROTECTED,
    },
  ],
};

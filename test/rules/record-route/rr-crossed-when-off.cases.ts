import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const off = { flow: flow('sbc-two-sets'), policy: sbcPolicy() };

export const cases: RuleCases = {
  rule: 'record-route/rr-crossed-when-off',
  valid: [
    { name: 'SBC-18 a set for each side', ...off },
    {
      name: 'the controller records itself on each side',
      ...off,
      edits: [
        { at: [3, 5, 7], add: 'Record-Route: <sip:198.51.100.30;lr>', before: 'Contact' },
        { at: [6, 8], add: 'Record-Route: <sip:198.51.100.20;lr>', before: 'Record-Route' },
        { at: [11, 19, 9], add: 'Route: <sip:198.51.100.20;lr>', before: 'Content-Length' },
        { at: 15, add: 'Route: <sip:198.51.100.30;lr>', before: 'Content-Type' },
      ],
    },
    {
      name: 'SBC-32 a registered caller',
      flow: flow('sbc-registered'),
      policy: sbcPolicy({ passthrough: true }),
    },
    {
      name: 'the same proxy on both sides',
      flow: flow('sbc-two-sets').replaceAll('<sip:203.0.113.5;lr>', '<sip:192.0.2.5;lr>'),
      policy: sbcPolicy(),
    },
  ],
  invalid: [
    {
      name: 'SBC-21 the set of the caller goes on',
      ...off,
      edits: [
        { at: [3, 5, 7], add: 'Record-Route: <sip:192.0.2.5;lr>', before: 'Contact' },
        { at: 15, add: 'Route: <sip:192.0.2.5;lr>', before: 'Content-Type' },
      ],
      findings: [
        {
          key: 'request',
          frames: [3, 1],
          message: "Record-Route sip:192.0.2.5;lr of the caller's side went on with the INVITE",
        },
      ],
    },
    {
      name: 'SBC-21 the proxy of the callee comes back',
      ...off,
      edits: [
        { at: [6, 8], add: 'Record-Route: <sip:203.0.113.5;lr>', before: 'Record-Route' },
        { at: [9, 11, 19], add: 'Route: <sip:203.0.113.5;lr>', before: 'Content-Length' },
      ],
      findings: [
        {
          key: 'response',
          frames: [8, 7],
          message: "Record-Route sip:203.0.113.5;lr of the callee's side came back with the 200",
        },
      ],
    },
    {
      name: 'SBC-18 the inbound adjacency records itself on the far side',
      ...off,
      edits: [
        { at: [3, 5, 7], add: 'Record-Route: <sip:198.51.100.20;lr>', before: 'Contact' },
        { at: 15, add: 'Route: <sip:198.51.100.20;lr>', before: 'Content-Type' },
      ],
      findings: [{ key: 'adjacency', frames: [3] }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const off = { flow: flow('sbc-two-sets'), policy: sbcPolicy() };

export const cases: RuleCases = {
  rule: 'record-route/contact-not-rewritten',
  valid: [
    { name: 'SBC-18 the Contact of the controller on each side', ...off },
    {
      name: 'SBC-16 nothing configured of passthrough, and Contact and Record-Route both pass',
      flow: flow('sbc-passthrough'),
      policy: sbcPolicy({ passthrough: true }),
    },
    {
      name: 'topology hiding with the Contact of the controller',
      flow: flow('sbc-topology-hiding'),
      policy: sbcPolicy({ hiding: true }),
    },
  ],
  invalid: [
    {
      name: 'SBC-18 the Contact of the caller goes on',
      ...off,
      edits: [
        {
          at: 3,
          replace: 'Contact: <sip:alice@198.51.100.30:5060>',
          by: 'Contact: <sip:alice@192.0.2.10:5060>',
        },
        { at: 15, replace: 'sip:alice@198.51.100.30:5060 SIP', by: 'sip:alice@192.0.2.10:5060 SIP' },
      ],
      findings: [
        {
          key: 'request',
          frames: [3, 1],
          message: 'Contact sip:alice@192.0.2.10:5060 of the INVITE is not an address of callees',
        },
      ],
    },
    {
      name: 'SBC-18 the Contact of the callee comes back',
      ...off,
      edits: [
        {
          at: [6, 8],
          replace: 'Contact: <sip:bob@198.51.100.20:5060>',
          by: 'Contact: <sip:bob@203.0.113.10:5060>',
        },
        { at: [9, 11, 19], replace: 'sip:bob@198.51.100.20:5060 SIP', by: 'sip:bob@203.0.113.10:5060 SIP' },
      ],
      findings: [
        { key: 'response', frames: [6, 5] },
        { key: 'response', frames: [8, 7] },
      ],
    },
    {
      name: 'a private call on an adjacency with passthrough keeps the Contact: a warning',
      flow: flow('sbc-private-callee'),
      policy: sbcPolicy({ passthrough: true, callee: true }),
      edits: [
        {
          at: 3,
          replace: 'Contact: <sip:alice@198.51.100.30:5060>',
          by: 'Contact: <sip:alice@192.0.2.10:5060>',
        },
        { at: 15, replace: 'sip:alice@198.51.100.30:5060 SIP', by: 'sip:alice@192.0.2.10:5060 SIP' },
      ],
      findings: [{ key: 'request', frames: [3, 1], severity: 'warning' }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const on = { flow: flow('sbc-passthrough'), policy: sbcPolicy({ passthrough: true }) };

export const cases: RuleCases = {
  rule: 'record-route/contact-rewritten-under-passthrough',
  valid: [
    { name: 'SBC-23 Contact crosses as it came, there and back', ...on },
    {
      name: 'another display name is no other Contact',
      ...on,
      edits: [{ at: 3, replace: 'Contact: <sip:alice', by: 'Contact: Caller <sip:alice' }],
    },
    { name: 'passthrough is off', flow: flow('sbc-two-sets'), policy: sbcPolicy() },
    {
      name: 'SBC-32 a registered caller',
      flow: flow('sbc-registered'),
      policy: sbcPolicy({ passthrough: true }),
    },
  ],
  invalid: [
    {
      name: 'SBC-23 the Contact of the request names the controller',
      ...on,
      edits: [
        { at: 3, replace: 'Contact: <sip:alice@192.0.2.10:5060>', by: 'Contact: <sip:abcd@198.51.100.30>' },
        { at: 15, replace: 'MESSAGE sip:alice@192.0.2.10:5060', by: 'MESSAGE sip:abcd@198.51.100.30' },
        { at: 16, replace: 'MESSAGE sip:alice@192.0.2.10:5060', by: 'MESSAGE sip:abcd@198.51.100.30' },
      ],
      findings: [
        {
          key: 'request',
          frames: [3, 1],
          message: 'Contact sip:alice@192.0.2.10:5060 of the INVITE went on as sip:abcd@198.51.100.30',
        },
      ],
    },
    {
      name: 'SBC-23 the Contact of the responses names the controller',
      ...on,
      edits: [
        {
          at: [6, 8],
          replace: 'Contact: <sip:bob@203.0.113.10:5060>',
          by: 'Contact: <sip:bob@198.51.100.20:5060>',
        },
        { at: [9, 11, 19], replace: 'sip:bob@203.0.113.10:5060 SIP', by: 'sip:bob@198.51.100.20:5060 SIP' },
        { at: [10, 12, 20], replace: 'sip:bob@203.0.113.10:5060 SIP', by: 'sip:bob@198.51.100.20:5060 SIP' },
      ],
      findings: [
        { key: 'response', frames: [6, 5] },
        { key: 'response', frames: [8, 7] },
      ],
    },
    {
      name: 'header parameters of Contact are gone',
      ...on,
      edits: [{ at: 1, replace: '@192.0.2.10:5060>\nAllow', by: '@192.0.2.10:5060>;+sip.text\nAllow' }],
      findings: [{ key: 'parameters', frames: [3, 1], severity: 'info' }],
    },
  ],
};

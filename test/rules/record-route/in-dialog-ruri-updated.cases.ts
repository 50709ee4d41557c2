import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const on = { flow: flow('sbc-passthrough'), policy: sbcPolicy({ passthrough: true }) };
const off = { flow: flow('sbc-two-sets'), policy: sbcPolicy() };

export const cases: RuleCases = {
  rule: 'record-route/in-dialog-ruri-updated',
  valid: [
    { name: 'SBC-28 requests inside the dialog keep their Request-URI', ...on },
    { name: 'without passthrough it is translated to the Contact of the far side', ...off },
    {
      name: 'SBC-15 a message to the SIP URL of the SDP goes on unaltered',
      flow: flow('sbc-sdp-url'),
      policy: sbcPolicy({ passthrough: true }),
    },
    {
      name: 'a strict router on the path: its URI stands in the Request-URI',
      ...on,
      edits: [
        { at: 20, replace: 'BYE sip:bob@203.0.113.10:5060', by: 'BYE sip:203.0.113.5' },
        { at: 20, replace: 'Route: <sip:203.0.113.5;lr>', by: 'Route: <sip:bob@203.0.113.10:5060>' },
      ],
    },
  ],
  invalid: [
    {
      name: 'SBC-28 with passthrough the BYE gets the Contact of the dialog',
      flow: flow('sbc-sdp-url'),
      policy: sbcPolicy({ passthrough: true }),
      edits: [{ at: 20, replace: 'BYE sip:bob@203.0.113.10:5060', by: 'BYE sip:bob@203.0.113.10:5090' }],
      findings: [
        {
          key: 'changed',
          frames: [20, 19],
          message:
            'Request-URI sip:bob@203.0.113.10:5060 inside the dialog went on as sip:bob@203.0.113.10:5090',
        },
      ],
    },
    {
      name: 'without passthrough the BYE goes on to an address that is not the Contact',
      ...off,
      edits: [{ at: 20, replace: 'BYE sip:bob@203.0.113.10:5060', by: 'BYE sip:bob@example.org' }],
      findings: [
        {
          key: 'target',
          frames: [20, 19, 7],
          message:
            'Request-URI inside the dialog is sip:bob@example.org, and the far side gave sip:bob@203.0.113.10:5060 as its Contact',
        },
      ],
    },
  ],
};

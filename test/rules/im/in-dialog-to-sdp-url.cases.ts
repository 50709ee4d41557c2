import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const on = { flow: flow('sbc-sdp-url'), policy: sbcPolicy({ passthrough: true }) };
const off = { flow: flow('sbc-two-sets'), policy: sbcPolicy() };
const TO_URL = {
  at: 11,
  replace: 'MESSAGE sip:bob@198.51.100.20:5060',
  by: 'MESSAGE sip:bob@203.0.113.10',
} as const;

export const cases: RuleCases = {
  rule: 'im/in-dialog-to-sdp-url',
  valid: [
    { name: 'SBC-15 with passthrough it goes on unaltered', ...on },
    { name: 'requests to the remote target', ...off },
    {
      name: 'the URL is the Contact',
      ...off,
      edits: [{ at: [7, 8], replace: 'sip sip:bob@203.0.113.10', by: 'sip sip:bob@198.51.100.20:5060' }],
    },
  ],
  invalid: [
    {
      name: 'SBC-15 with passthrough the URL is replaced',
      ...on,
      edits: [{ at: 12, replace: 'MESSAGE sip:bob-im@example.org', by: 'MESSAGE sip:x@198.51.100.30' }],
      findings: [
        {
          key: 'altered',
          frames: [12, 11, 8],
          severity: 'error',
          message:
            'MESSAGE to the URL sip:bob-im@example.org of an m= line went on to sip:x@198.51.100.30 although passthrough is on',
        },
      ],
      also: [{ rule: 'record-route/in-dialog-ruri-updated', key: 'changed', frames: [12, 11] }],
    },
    {
      name: 'SBC-15 with passthrough it does not go on',
      ...on,
      edits: [{ drop: [12, 13] }],
      findings: [{ key: 'not-forwarded', frames: [11, 8], severity: 'error' }],
    },
    {
      name: 'SBC-14 without passthrough',
      ...off,
      edits: [TO_URL],
      findings: [{ key: 'may-fail', frames: [11, 8] }],
    },
    {
      name: 'SBC-14 without passthrough it is refused',
      ...off,
      edits: [TO_URL, { drop: [12, 13] }, { at: 14, replace: 'SIP/2.0 200 OK', by: 'SIP/2.0 404 Not Found' }],
      findings: [{ key: 'failed', frames: [11, 12, 8] }],
    },
  ],
};

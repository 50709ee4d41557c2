import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const hidden = { flow: flow('sbc-private-caller'), policy: sbcPolicy({ caller: true }) };
const OWN = {
  at: 3,
  replace: 'sip:anonymous@198.51.100.30',
  by: 'sip:anonymous@198.51.100.30\nc=IN IP4 198.51.100.30',
} as const;

export const cases: RuleCases = {
  rule: 'privacy/im-media-c-remains',
  valid: [{ name: 'SBC-40 one c= and no more', ...hidden }],
  invalid: [
    {
      name: 'SBC-40 c= of the caller is left under m=',
      ...hidden,
      edits: [
        { at: 1, replace: 'sip sip:alice@192.0.2.10', by: 'sip sip:alice@192.0.2.10\nc=IN IP4 192.0.2.11' },
        {
          at: 3,
          replace: 'sip:anonymous@198.51.100.30',
          by: 'sip:anonymous@198.51.100.30\nc=IN IP4 192.0.2.11',
        },
      ],
      findings: [
        {
          key: 'remains',
          frames: [3, 1],
          message: 'a media-level c= 192.0.2.11 is left in the IM description',
        },
      ],
    },
    {
      name: 'SBC-40 one of the controller, as the chapter prints it: info',
      ...hidden,
      edits: [OWN],
      findings: [{ key: 'redundant', frames: [3, 1], severity: 'info' }],
    },
    {
      name: 'one of the controller, where the policy refuses it',
      flow: flow('sbc-private-caller'),
      policy: sbcPolicy({ caller: true, decisions: { 'privacy-media-connection': 'refuse' } }),
      edits: [OWN],
      findings: [{ key: 'redundant', frames: [3, 1] }],
    },
  ],
};

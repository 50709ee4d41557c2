import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

export const cases: RuleCases = {
  rule: 'registration/sbc-contact-not-rewritten',
  valid: [
    { name: 'a Contact of the SBC', flow: flow('sbc-registered'), policy: sbcPolicy() },
    { name: 'a proxy with Path', flow: flow('register-path') },
  ],
  invalid: [
    {
      name: 'SBC-33 the Contact of the phone goes on',
      flow: flow('sbc-registered'),
      policy: sbcPolicy(),
      edits: [{ at: [2, 3], replace: 'sip:alice-7@198.51.100.30:5060', by: 'sip:alice@192.0.2.10:5060' }],
      findings: [
        {
          key: 'kept',
          frames: [2, 1],
          message:
            'REGISTER went on with the Contact sip:alice@192.0.2.10:5060, which is not an address of callees',
        },
      ],
    },
    {
      name: 'the SBC adds Path',
      flow: flow('sbc-registered'),
      policy: sbcPolicy(),
      edits: [
        { at: [2, 3], replace: 'sip:alice-7@198.51.100.30:5060', by: 'sip:alice@192.0.2.10:5060' },
        { at: [2, 3], add: 'Path: <sip:198.51.100.30;lr>', before: 'Content-Length' },
        { at: [1, 2], add: 'Supported: path', before: 'Content-Length' },
      ],
      findings: [{ key: 'path', frames: [2, 1], severity: 'info' }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const PAI = 'P-Asserted-Identity: <sip:ceo@example.com>';
const untrusted = { flow: flow('sbc-two-sets'), policy: sbcPolicy({ trusted: ['203.0.113.0/24'] }) };

export const cases: RuleCases = {
  rule: 'privacy/asserted-identity-from-untrusted',
  valid: [
    { name: 'it is taken out', ...untrusted, edits: [{ at: 1, add: PAI }] },
    {
      name: 'the peer is trusted',
      flow: flow('sbc-two-sets'),
      policy: sbcPolicy({ trusted: ['192.0.2.0/24'] }),
      edits: [{ at: [1, 3], add: PAI }],
    },
    { name: 'a SIP and a tel URI', ...untrusted, edits: [{ at: 1, add: `${PAI}, <tel:+4930123456>` }] },
  ],
  invalid: [
    {
      name: 'it goes on',
      ...untrusted,
      edits: [{ at: [1, 3], add: PAI }],
      findings: [
        {
          key: 'forwarded',
          frames: [3, 1],
          message:
            'P-Asserted-Identity sip:ceo@example.com of 192.0.2.5:5060 went on, and nothing authenticated it',
        },
      ],
    },
    {
      name: 'nobody says who is trusted: info',
      flow: flow('sbc-two-sets'),
      policy: sbcPolicy(),
      edits: [{ at: [1, 3], add: PAI }],
      findings: [{ key: 'forwarded', frames: [3, 1], severity: 'info' }],
    },
    {
      name: 'a preferred identity goes on',
      ...untrusted,
      edits: [{ at: [1, 3], add: 'P-Preferred-Identity: <sip:alice@example.com>' }],
      findings: [{ key: 'preferred', frames: [3, 1] }],
    },
    {
      name: 'two SIP URIs',
      ...untrusted,
      edits: [{ at: 1, add: `${PAI}, <sip:other@example.com>` }],
      findings: [{ key: 'values', frames: [1] }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const hidden = {
  flow: flow('sbc-private-caller'),
  policy: sbcPolicy({ caller: true, trusted: ['192.0.2.0/24', '198.51.100.0/24'] }),
};

export const cases: RuleCases = {
  rule: 'privacy/anonymous-from-with-identity',
  valid: [
    { name: 'anonymous throughout', ...hidden },
    {
      name: 'the peer is in the trust domain',
      flow: flow('sbc-private-caller'),
      policy: sbcPolicy({ caller: true, trusted: ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'] }),
      edits: [{ at: [1, 3], add: 'P-Asserted-Identity: <sip:alice@example.com>' }],
    },
    {
      name: 'the trust domain is not known',
      flow: flow('sbc-private-caller'),
      policy: sbcPolicy({ caller: true }),
      edits: [{ at: 3, add: 'Diversion: <sip:office@example.com>;reason=unconditional' }],
    },
    {
      name: 'History-Info names who is called',
      ...hidden,
      edits: [
        {
          at: 3,
          add: 'History-Info: <sip:anonymous@anonymous.invalid>;index=1, <sip:bob@example.org>;index=1.1;mp=1',
        },
      ],
    },
  ],
  invalid: [
    {
      name: 'a diversion names the caller',
      ...hidden,
      edits: [{ at: 3, add: 'Diversion: <sip:office@example.com>;reason=unconditional' }],
      findings: [
        {
          key: 'identity',
          frames: [3],
          message: 'From is anonymous, and Diversion names sip:office@example.com',
        },
      ],
    },
    {
      name: 'a telephone number in Contact',
      ...hidden,
      edits: [
        {
          at: 3,
          replace: 'Contact: <sip:198.51.100.30:5060>',
          by: 'Contact: <sip:+4930123456@198.51.100.30:5060>',
        },
        { at: 15, replace: 'sip:198.51.100.30:5060 SIP', by: 'sip:+4930123456@198.51.100.30:5060 SIP' },
      ],
      findings: [{ key: 'contact', frames: [3] }],
    },
    {
      name: 'digest credentials of the caller: info',
      ...hidden,
      edits: [
        {
          at: [3, 10],
          add: 'Proxy-Authorization: Digest username="box-7", realm="example.org", nonce="84a4cc6f3082121f32b42a2187831a9e", uri="sip:bob@example.org", response="7587245234b3434cc3412213e5f113a5"',
        },
      ],
      findings: [{ key: 'credentials', frames: [3, 10], severity: 'info' }],
      also: [{ rule: 'security/digest-weak', key: 'cleartext', frames: [3, 10], severity: 'info' }],
    },
  ],
};

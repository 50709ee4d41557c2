import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const hidden = { flow: flow('sbc-private-caller'), policy: sbcPolicy({ caller: true }) };

export const cases: RuleCases = {
  rule: 'privacy/im-session-c-not-local',
  valid: [
    { name: 'SBC-40 the address of the outbound adjacency in the offer', ...hidden },
    {
      name: 'SBC-44 the address of the inbound adjacency in the answer',
      flow: flow('sbc-private-callee'),
      policy: sbcPolicy({ callee: true }),
    },
    {
      name: 'MSRP of a private caller is not rewritten',
      flow: flow('sbc-msrp'),
      policy: sbcPolicy({ callee: true }),
      edits: [
        { at: 8, replace: 'Contact: <sip:bob@198.51.100.20:5060>', by: 'Contact: <sip:198.51.100.20:5060>' },
        { at: 6, replace: 'Contact: <sip:bob@198.51.100.20:5060>', by: 'Contact: <sip:198.51.100.20:5060>' },
        { at: [9, 11, 19], replace: 'sip:bob@198.51.100.20:5060', by: 'sip:198.51.100.20:5060' },
        { at: [7, 8], replace: '203.0.113.10:7654', by: '198.51.100.20:7654' },
        { at: [7, 8], replace: 'c=IN IP4 203.0.113.10', by: 'c=IN IP4 198.51.100.20' },
        { at: [7, 8], replace: 'o=bob 1 1 IN IP4 203.0.113.10', by: 'o=- 1 1 IN IP4 198.51.100.20' },
      ],
    },
  ],
  invalid: [
    {
      name: 'SBC-40 the address of the caller',
      ...hidden,
      edits: [{ at: 3, replace: 'c=IN IP4 198.51.100.30', by: 'c=IN IP4 192.0.2.10' }],
      findings: [
        {
          key: 'foreign',
          frames: [3, 1],
          message: 'c= 192.0.2.10 of the IM description is no address of callees, by which it leaves',
        },
      ],
      also: [{ rule: 'privacy/im-origin-not-anonymised', key: 'address', frames: [3, 1] }],
    },
    {
      name: 'SBC-44 the address of the other adjacency in the answer',
      flow: flow('sbc-private-callee'),
      policy: sbcPolicy({ callee: true }),
      edits: [{ at: 8, replace: 'c=IN IP4 198.51.100.20', by: 'c=IN IP4 198.51.100.30' }],
      findings: [{ key: 'foreign', frames: [8, 7] }],
      also: [{ rule: 'privacy/im-origin-not-anonymised', key: 'address', frames: [8, 7] }],
    },
    {
      name: 'SBC-40 c= under m= only',
      ...hidden,
      edits: [
        { at: 3, remove: 'c=' },
        {
          at: 3,
          replace: 'sip:anonymous@198.51.100.30',
          by: 'sip:anonymous@198.51.100.30\nc=IN IP4 198.51.100.30',
        },
      ],
      findings: [{ key: 'missing', frames: [3, 1] }],
      also: [
        { rule: 'privacy/im-media-c-remains', key: 'remains', frames: [3, 1] },
        { rule: 'privacy/im-origin-not-anonymised', key: 'address', frames: [3, 1] },
      ],
    },
  ],
};

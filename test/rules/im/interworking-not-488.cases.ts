import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const ALICE = `Content-Type: application/sdp
Content-Length: *

v=0
o=alice 1 1 IN IP4 192.0.2.10
s=-
c=IN IP4 192.0.2.10
t=0 0
m=message 5060 sip sip:alice@192.0.2.10`;

export const cases: RuleCases = {
  rule: 'im/interworking-not-488',
  valid: [
    {
      name: 'SBC-13 IM towards H.323 is refused',
      flow: flow('sbc-im-refused'),
      policy: sbcPolicy({ h323: true }),
    },
    {
      name: 'SBC-12 late to early media is refused',
      flow: flow('sbc-late-early-refused'),
      policy: sbcPolicy({ lateEarly: true }),
    },
    {
      name: 'an INVITE without offer goes on without one',
      flow: flow('sbc-late-offer'),
      policy: sbcPolicy(),
    },
    { name: 'audio towards H.323', flow: flow('sbc-voice'), policy: sbcPolicy({ h323: true }) },
  ],
  invalid: [
    {
      name: 'SBC-13 IM towards H.323 is answered 200',
      flow: flow('sbc-two-sets'),
      policy: sbcPolicy({ h323: true }),
      findings: [
        {
          key: 'h323',
          frames: [8, 1, 3],
          message: 'IM (message) to or from an H.323 adjacency was answered 200 instead of 488',
        },
      ],
    },
    {
      name: 'SBC-12 a call without offer goes on with an offer of IM',
      flow: flow('sbc-late-offer'),
      policy: sbcPolicy(),
      edits: [
        { at: 3, replace: 'Content-Length: 0', by: ALICE },
        { at: 10, replace: ALICE, by: 'Content-Length: 0' },
      ],
      findings: [
        {
          key: 'late-early',
          frames: [8, 1, 3],
          message:
            'a call without offer went on with an offer of message and was answered 200 instead of 488',
        },
      ],
    },
    {
      name: 'an offer of IM goes on without one, where the policy refuses that',
      flow: flow('sbc-two-sets'),
      policy: sbcPolicy({ decisions: { 'im-early-to-late': 'refuse' } }),
      edits: [
        { at: 3, replace: ALICE, by: 'Content-Length: 0' },
        { at: 10, replace: 'Content-Length: 0', by: ALICE },
      ],
      findings: [{ key: 'early-late', frames: [8, 1, 3] }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'message/refer-rules',
  valid: [
    { name: 'a transfer', flow: flow('transfer') },
    {
      name: 'accepted with 200',
      flow: flow('transfer'),
      edits: [{ at: 7, replace: '202 Accepted', by: '200 OK' }],
    },
    {
      name: 'no subscription wanted',
      flow: flow('transfer'),
      edits: [
        { at: [6, 7], add: 'Refer-Sub: false' },
        { at: 6, add: 'Supported: norefersub' },
        { drop: [8, 9, 10, 11] },
      ],
    },
    {
      name: 'the capture ends soon after',
      flow: flow('transfer'),
      edits: [{ drop: [8, 9, 10, 11, 14, 15] }],
    },
  ],
  invalid: [
    {
      name: 'no Refer-To, and accepted',
      flow: flow('transfer'),
      edits: [{ at: 6, remove: 'Refer-To' }],
      findings: [
        { key: 'no-target', frames: [6] },
        { key: 'not-refused', frames: [7, 6] },
      ],
    },
    {
      name: 'two targets, refused',
      flow: flow('transfer'),
      edits: [
        { at: 6, add: 'Refer-To: <sip:dave@example.com>', before: 'Refer-To' },
        { at: 7, replace: '202 Accepted', by: '400 Bad Request' },
        { at: 7, remove: 'Contact' },
        { drop: [8, 9, 10, 11] },
      ],
      findings: [{ key: 'several-targets', frames: [6] }],
    },
    {
      name: 'accepted and never heard of again',
      flow: flow('transfer'),
      edits: [{ drop: [8, 9, 10, 11] }],
      findings: [{ key: 'no-notify', frames: [7, 6], message: 'No NOTIFY follows the 202 to REFER' }],
    },
    {
      name: 'another body than message/sipfrag',
      flow: flow('transfer'),
      edits: [{ at: 8, replace: 'message/sipfrag;version=2.0', by: 'text/plain' }],
      findings: [
        {
          key: 'not-sipfrag',
          frames: [8],
          message: 'NOTIFY of a REFER brings text/plain instead of message/sipfrag',
        },
      ],
    },
  ],
};

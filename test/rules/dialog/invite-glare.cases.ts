import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

/** What an overlap does to the descriptions is judged by other rules. */
const SDP_OFF = 'rules:\n  sdp/*: off\n';

export const cases: RuleCases = {
  rule: 'dialog/invite-glare',
  valid: [
    { name: 'crossing re-INVITEs, both refused and tried again', flow: flow('glare') },
    { name: 'hold and resume', flow: flow('hold') },
    {
      name: 'the second after the final response to the first',
      flow: flow('glare'),
      edits: [
        { at: 7, seconds: 10.025 },
        { at: 9, replace: '491 Request Pending', by: '488 Not Acceptable Here' },
      ],
    },
  ],
  invalid: [
    {
      name: 'a crossing re-INVITE accepted',
      flow: flow('glare'),
      policy: SDP_OFF,
      edits: [
        { at: 9, replace: '491 Request Pending', by: '200 OK' },
        { at: 9, add: 'Contact: <sip:alice@192.0.2.10:5060>', before: 'Content-Length' },
        { at: 9, add: 'Allow: INVITE, ACK, BYE, CANCEL, UPDATE', before: 'Content-Length' },
        { at: 9, add: 'Supported: 100rel, timer', before: 'Content-Length' },
        { at: 11, replace: 'z9hG4bK-b1', by: 'z9hG4bK-b2' },
        { at: 8, seconds: 10.035 },
      ],
      findings: [
        {
          key: 'not-491',
          frames: [8, 7, 6],
          message: 'INVITE that crossed another was answered 200',
        },
      ],
    },
    {
      name: 'a second INVITE of the same side, accepted',
      flow: flow('hold'),
      policy: SDP_OFF,
      edits: [
        { at: 10, seconds: 10.05 },
        { at: 11, seconds: 10.06 },
        { at: 12, seconds: 10.07 },
        { at: 13, seconds: 10.08 },
      ],
      findings: [
        {
          key: 'overlapping',
          frames: [8, 6],
          message: 'INVITE while the INVITE before it, of the same side, has no final response',
        },
        { key: 'not-500', frames: [10, 8, 6] },
      ],
    },
    {
      name: 'a second INVITE of the same side, refused without Retry-After',
      flow: flow('hold'),
      policy: SDP_OFF,
      edits: [
        { at: 10, seconds: 10.05 },
        { drop: 11 },
        { at: 12, seconds: 10.07 },
        { at: 12, replace: '200 OK', by: '500 Server Internal Error' },
        { at: 13, seconds: 10.08 },
        { at: 13, replace: 'z9hG4bK-h1a', by: 'z9hG4bK-h1' },
      ],
      findings: [
        { key: 'overlapping', frames: [8, 6] },
        { key: 'no-retry-after', frames: [9, 8, 6], severity: 'warning' },
      ],
    },
    {
      name: 'again at once after 491',
      flow: flow('glare'),
      edits: [{ at: 12, seconds: 10.52 }],
      findings: [
        {
          key: 'too-soon',
          frames: [12, 8],
          severity: 'warning',
          message: 'INVITE again 500 ms after 491, by the owner of the Call-ID',
        },
      ],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const off = { flow: flow('sbc-two-sets'), policy: sbcPolicy() };
const BOB = `Content-Type: application/sdp
Content-Length: *

v=0
o=bob 1 1 IN IP4 203.0.113.10
s=-
c=IN IP4 203.0.113.10
t=0 0
m=message 5060 sip sip:bob@203.0.113.10`;

export const cases: RuleCases = {
  rule: 'im/sdp-modified-without-privacy',
  valid: [
    { name: 'SBC-11 unchanged in offer and answer', ...off },
    {
      name: 'SBC-11 unchanged, though the address is of no use to the callee',
      ...off,
      edits: [{ at: [1, 3], replace: 'c=IN IP4 192.0.2.10', by: 'c=IN IP4 192.0.2.254' }],
    },
    {
      name: 'SBC-44 privacy changes it',
      flow: flow('sbc-private-both'),
      policy: sbcPolicy({ caller: true, callee: true }),
    },
    {
      name: 'the caller asks for session privacy',
      flow: flow('sbc-private-caller'),
      policy: sbcPolicy(),
      edits: [{ at: 1, add: 'Privacy: session' }],
    },
    {
      name: 'a part of a multipart body, whose wrapping changes',
      ...off,
      edits: [
        {
          at: 1,
          replace: 'Content-Type: application/sdp\nContent-Length: *\n\n',
          by: 'Content-Type: multipart/mixed;boundary=cut\nMIME-Version: 1.0\nContent-Length: *\n\n--cut\nContent-Type: application/sdp\n\n',
        },
        { at: 1, replace: 'sip:alice@192.0.2.10\n', by: 'sip:alice@192.0.2.10\n\n--cut--\n' },
      ],
    },
    {
      name: 'a caller who asks to be hidden is so in later offers too',
      flow: flow('sbc-reoffer'),
      policy: `${sbcPolicy()}rules:\n  privacy/*: off\n  sdp/*: off\n`,
      edits: [
        { at: 1, add: 'Privacy: user' },
        { at: [3, 12], replace: 'c=IN IP4 192.0.2.10', by: 'c=IN IP4 198.51.100.30' },
      ],
    },
    { name: 'audio is not judged', flow: flow('sbc-voice'), policy: sbcPolicy() },
  ],
  invalid: [
    {
      name: 'SBC-11 c= of the offer is rewritten',
      ...off,
      edits: [{ at: 3, replace: 'c=IN IP4 192.0.2.10', by: 'c=IN IP4 198.51.100.30' }],
      findings: [
        {
          key: 'changed',
          frames: [3, 1],
          message: 'the IM session description changed: - c=IN IP4 192.0.2.10 + c=IN IP4 198.51.100.30',
        },
      ],
    },
    {
      name: 'SBC-11 a line is appended to the answer',
      ...off,
      edits: [
        {
          at: 8,
          replace: 'm=message 5060 sip sip:bob@203.0.113.10',
          by: 'm=message 5060 sip sip:bob@203.0.113.10\na=sendrecv',
        },
      ],
      findings: [
        { key: 'changed', frames: [8, 7], message: 'the IM session description changed: + a=sendrecv' },
      ],
    },
    {
      name: 'privacy is not known: a warning',
      flow: flow('sbc-two-sets'),
      policy: sbcPolicy({ caller: null, callee: null }),
      edits: [{ at: 3, replace: 's=-', by: 's=session' }],
      findings: [{ key: 'changed', frames: [3, 1], severity: 'warning' }],
      also: [
        { rule: 'privacy/mode-inferred', key: 'mode', frames: [3, 1] },
        { rule: 'privacy/mode-inferred', key: 'mode', frames: [8, 7] },
      ],
    },
    {
      name: 'SBC-11 the description of a 180 does not come back',
      ...off,
      edits: [{ at: 5, replace: 'Content-Length: 0', by: BOB }],
      findings: [
        { key: 'removed', frames: [6, 5], message: 'the IM session description of the 180 did not go on' },
      ],
    },
    {
      name: 'a blank at the end of a line',
      ...off,
      edits: [{ at: 3, replace: 'sip:alice@192.0.2.10\n', by: 'sip:alice@192.0.2.10 \n' }],
      findings: [{ key: 'blanks', frames: [3, 1], severity: 'info' }],
    },
  ],
};

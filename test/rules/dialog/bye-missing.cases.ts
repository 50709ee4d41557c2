import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

/** Nine seconds of media both ways. */
const MEDIA = [
  '=== 2.100 192.0.2.10:40000 > 192.0.2.20:50000 rtp 450\n',
  '=== 2.100 192.0.2.20:50000 > 192.0.2.10:40000 rtp 450\n',
].join('');
/** No BYE, and another message five minutes later. */
const LATER = [{ drop: [6, 7] }, { at: 8, seconds: 400 }, { at: 9, seconds: 400.01 }];
const MESSAGES = {
  alice:
    'v=0\no=alice 1 1 IN IP4 192.0.2.10\ns=-\nc=IN IP4 192.0.2.10\nt=0 0\nm=message 5060 sip sip:alice@192.0.2.10\n',
  bob: 'v=0\no=bob 2 2 IN IP4 192.0.2.20\ns=-\nc=IN IP4 192.0.2.20\nt=0 0\nm=message 5060 sip sip:bob@192.0.2.20\n',
};

export const cases: RuleCases = {
  rule: 'dialog/bye-missing',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: 'a call through a proxy', flow: flow('proxied') },
    {
      name: 'BYE for a dialog that is gone',
      flow: flow('call'),
      edits: [{ at: 7, replace: '200 OK', by: '481 Call/Transaction Does Not Exist' }],
    },
    { name: 'no BYE in a capture without media', flow: flow('call'), edits: LATER },
    {
      name: 'no BYE while the call is on hold',
      flow: flow('call'),
      policy: 'rules:\n  nat/*: off\n',
      edits: [
        ...LATER,
        { at: 1, replace: 'a=sendrecv', by: 'a=sendonly' },
        { at: 4, replace: 'a=sendrecv', by: 'a=recvonly' },
        { insert: MEDIA },
      ],
    },
    {
      name: 'a dialog of messages in which nobody writes: what its ports see is SIP',
      flow: flow('call'),
      policy: 'rules:\n  im/*: off\n',
      edits: [
        ...LATER,
        ...[1, 4].map((at) => ({ at, body: MESSAGES[at === 1 ? 'alice' : 'bob'] })),
        { insert: MEDIA.replaceAll(/40000|50000/g, '5060') },
      ],
    },
    {
      name: 'a call of which one end knows nothing any more',
      flow: flow('call'),
      policy: 'rules:\n  message/*: off\n  dialog/unknown-dialog-not-481: off\n',
      edits: [
        { at: 8, seconds: 400 },
        { at: 9, seconds: 400.01 },
        ...[6, 7].map((at) => ({ at, replace: 'CSeq: 2 BYE', by: 'CSeq: 2 INFO' })),
        { at: 6, replace: 'BYE sip:', by: 'INFO sip:' },
        { at: 7, replace: '200 OK', by: '481 Call/Transaction Does Not Exist' },
        { insert: MEDIA },
      ],
    },
    { name: 'both sides of an SBC', flow: flow('sbc-voice'), policy: sbcPolicy() },
    { name: 'the capture ends first', flow: flow('proxied'), edits: [{ drop: [11, 12, 14, 15] }] },
  ],
  invalid: [
    {
      name: 'a BYE refused',
      flow: flow('call'),
      edits: [{ at: 7, replace: '200 OK', by: '403 Forbidden' }],
      findings: [{ key: 'refused', frames: [7, 6], message: 'BYE inside a dialog was answered 403' }],
    },
    {
      name: 'messages and media end, and no BYE comes',
      flow: flow('call'),
      edits: [...LATER, { insert: MEDIA }],
      findings: [
        {
          key: 'silent',
          frames: [4],
          message: 'the call has no BYE, and neither messages nor media for 300 s',
        },
      ],
    },
    {
      name: 'a box that answers the BYE and keeps it to itself',
      flow: flow('proxied'),
      edits: [{ drop: [11, 12] }],
      findings: [
        {
          key: 'half-open',
          frames: [10],
          severity: 'error',
          message: 'BYE was answered on one side of a box and none went out on the other',
        },
      ],
    },
    {
      name: 'an SBC that answers the BYE and sends none of its own',
      flow: flow('sbc-voice'),
      policy: sbcPolicy(),
      edits: [{ drop: [12, 13] }],
      findings: [{ key: 'half-open', frames: [11], severity: 'error' }],
    },
  ],
};

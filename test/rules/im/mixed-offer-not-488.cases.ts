import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const AUDIO = 'm=audio 40000 RTP/AVP 0\na=rtpmap:0 PCMU/8000\n';
const MIXED = [
  { at: [1, 3], replace: 'm=message', by: `${AUDIO}m=message` },
  { at: [7, 8], replace: 'm=message', by: 'm=audio 50000 RTP/AVP 0\na=rtpmap:0 PCMU/8000\nm=message' },
] as const;

export const cases: RuleCases = {
  rule: 'im/mixed-offer-not-488',
  valid: [
    {
      name: 'SBC-8 refused with 488 and not forwarded',
      flow: flow('sbc-mixed-refused'),
      policy: sbcPolicy(),
    },
    { name: 'IM alone', flow: flow('sbc-two-sets'), policy: sbcPolicy() },
    {
      name: 'message beside x-ms-message is no mix',
      flow: flow('sbc-several-lines'),
      policy: sbcPolicy(),
      edits: [
        {
          at: [1, 3],
          replace: 'm=message 5062 sip sip:alice@192.0.2.10:5062',
          by: 'm=x-ms-message 5062 sip null',
        },
        { at: [7, 8], replace: 'm=message 0 sip sip:bob@203.0.113.10', by: 'm=x-ms-message 0 sip null' },
      ],
    },
    {
      name: 'a line of port 0 beside IM in a re-offer',
      flow: flow('sbc-reoffer'),
      policy: sbcPolicy(),
      edits: [
        { at: [11, 12], replace: 'o=alice 1 1', by: 'o=alice 1 2' },
        {
          at: [11, 12],
          replace: '\nm=message 5060 sip sip:alice@192.0.2.10',
          by: '\nm=message 5060 sip sip:alice@192.0.2.10\nm=audio 0 RTP/AVP 0',
        },
        { at: [13, 14], replace: 'o=bob 1 1', by: 'o=bob 1 2' },
        {
          at: [13, 14],
          replace: '\nm=message 5060 sip sip:bob@203.0.113.10',
          by: '\nm=message 5060 sip sip:bob@203.0.113.10\nm=audio 0 RTP/AVP 0',
        },
      ],
    },
    {
      name: 'challenged before its media was looked at',
      flow: flow('sbc-mixed-refused'),
      policy: sbcPolicy(),
      edits: [{ at: 3, replace: 'SIP/2.0 488 Not Acceptable Here', by: 'SIP/2.0 403 Forbidden' }],
    },
    {
      name: 'a data channel beside IM, where only audio and video count',
      flow: flow('sbc-mixed-refused'),
      policy: sbcPolicy({ decisions: { 'mixed-media': 'audio-video' } }),
      edits: [
        { at: 1, replace: 'm=audio 40000 RTP/AVP 0', by: 'm=application 40000 TCP/BFCP *' },
        { at: 1, remove: 'a=rtpmap' },
        { at: 3, replace: 'SIP/2.0 488 Not Acceptable Here', by: 'SIP/2.0 606 Not Acceptable' },
      ],
    },
  ],
  invalid: [
    {
      name: 'SBC-8 audio and IM together go on',
      flow: flow('sbc-two-sets'),
      policy: sbcPolicy(),
      edits: MIXED,
      findings: [
        {
          key: 'forwarded',
          frames: [3, 1, 8],
          message: 'INVITE offering audio, message went on to 203.0.113.5:5060',
        },
      ],
    },
    {
      name: 'SBC-8 refused with another status',
      flow: flow('sbc-mixed-refused'),
      policy: sbcPolicy(),
      edits: [{ at: 3, replace: 'SIP/2.0 488 Not Acceptable Here', by: 'SIP/2.0 606 Not Acceptable' }],
      findings: [
        {
          key: 'answered',
          frames: [3, 1],
          message: 'INVITE offering audio, message was answered 606 instead of 488',
        },
      ],
    },
    {
      name: 'no policy, a box of one address: a warning',
      flow: flow('sbc-two-sets').replaceAll('198.51.100.20', '198.51.100.30'),
      edits: MIXED,
      findings: [{ key: 'forwarded', frames: [3, 1, 8], severity: 'warning' }],
      also: [{ rule: 'record-route/mode-inferred', key: 'mode', frames: [3] }],
    },
  ],
};

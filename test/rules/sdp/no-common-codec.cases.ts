import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'sdp/no-common-codec',
  valid: [
    { name: 'PCMU in both', flow: flow('call') },
    {
      name: 'the same codec under two numbers',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 'RTP/AVP 0 8 101', by: 'RTP/AVP 97 101' },
        { at: 1, replace: 'a=rtpmap:0 PCMU/8000\na=rtpmap:8 PCMA/8000', by: 'a=rtpmap:97 opus/48000/2' },
        { at: 4, replace: 'RTP/AVP 0 101', by: 'RTP/AVP 107 101' },
        { at: 4, replace: 'a=rtpmap:0 PCMU/8000', by: 'a=rtpmap:107 OPUS/48000/2' },
      ],
    },
    {
      name: 'more codecs answered than offered, one of them common',
      flow: flow('call'),
      edits: [{ at: 4, replace: 'RTP/AVP 0 101', by: 'RTP/AVP 18 3 0 101' }],
    },
    {
      name: 'a stream without common codec, refused',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 40002 RTP/AVP 31' },
        { at: 4, replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 0 RTP/AVP 34' },
      ],
    },
    {
      name: 'fax, which is not RTP',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 'm=audio 40000 RTP/AVP 0 8 101', by: 'm=image 40000 udptl t38' },
        { at: 4, replace: 'm=audio 50000 RTP/AVP 0 101', by: 'm=image 50000 udptl t38' },
        { at: [1, 4], remove: 'a=rtpmap' },
      ],
    },
  ],
  invalid: [
    {
      name: 'PCMU and PCMA offered, G.729 answered',
      flow: flow('call'),
      edits: [
        { at: 4, replace: 'RTP/AVP 0 101', by: 'RTP/AVP 18' },
        { at: 4, replace: 'a=rtpmap:0 PCMU/8000\na=rtpmap:101 telephone-event/8000\n', by: '' },
      ],
      findings: [
        {
          key: 'none',
          frames: [4, 1],
          message:
            'No codec of m=audio is common: offered PCMU/8000 PCMA/8000 telephone-event/8000, answered G729/8000',
        },
      ],
    },
    {
      name: 'only DTMF in common',
      flow: flow('call'),
      edits: [
        { at: 4, replace: 'RTP/AVP 0 101', by: 'RTP/AVP 18 101' },
        { at: 4, replace: 'a=rtpmap:0 PCMU/8000\n', by: '' },
      ],
      findings: [{ key: 'no-voice', frames: [4, 1], severity: 'warning' }],
    },
    {
      name: 'a 488 that says what is supported',
      flow: flow('call'),
      edits: [
        { at: 4, replace: '200 OK', by: '488 Not Acceptable Here' },
        { at: 4, replace: 'RTP/AVP 0 101', by: 'RTP/AVP 18' },
        { at: 4, replace: 'a=rtpmap:0 PCMU/8000\na=rtpmap:101 telephone-event/8000\n', by: '' },
        { at: 4, remove: 'Contact' },
        { at: 5, replace: 'sip:bob@192.0.2.20:5060', by: 'sip:bob@192.0.2.20' },
        { at: 5, replace: 'z9hG4bK-a2', by: 'z9hG4bK-a1' },
        { drop: [6, 7] },
      ],
      findings: [
        {
          key: 'refused',
          frames: [4, 1],
          severity: 'info',
          message: '488 to an offer of pcmu/8000 pcma/8000, while g729/8000 is supported',
        },
      ],
    },
  ],
};

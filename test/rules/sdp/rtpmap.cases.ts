import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'sdp/rtpmap',
  valid: [
    { name: 'a call', flow: flow('call') },
    {
      name: 'static payload types without rtpmap',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'a=rtpmap:0 PCMU/8000\na=rtpmap:8 PCMA/8000\n', by: '' }],
    },
    {
      name: 'a refused medium with a dynamic payload type and no rtpmap',
      flow: flow('call'),
      edits: [{ at: [1, 4], replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 0 RTP/AVP 99' }],
    },
    { name: 'the same mapping through hold and back', flow: flow('hold') },
    {
      name: 'another stream in the place of a removed one',
      flow: flow('hold'),
      edits: [
        { at: [1, 4], replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 0 RTP/AVP 99\na=rtpmap:99 H264/90000' },
        { at: 6, replace: 'a=sendonly', by: 'a=sendonly\nm=video 40002 RTP/AVP 99\na=rtpmap:99 VP8/90000' },
        { at: 8, replace: 'a=recvonly', by: 'a=recvonly\nm=video 50002 RTP/AVP 99\na=rtpmap:99 VP8/90000' },
        { at: 10, replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 40002 RTP/AVP 99\na=rtpmap:99 VP8/90000' },
        { at: 12, replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 50002 RTP/AVP 99\na=rtpmap:99 VP8/90000' },
      ],
    },
  ],
  invalid: [
    {
      name: 'a dynamic payload type that nothing explains',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'a=rtpmap:101 telephone-event/8000\n', by: '' }],
      findings: [
        {
          key: 'mapping',
          frames: [1],
          message: 'The payload types of the SDP are inconsistent: payload type 101 has no a=rtpmap',
        },
      ],
    },
    {
      name: 'an rtpmap for a payload type that is not on the m= line',
      flow: flow('call'),
      edits: [{ at: 4, replace: 'a=sendrecv', by: 'a=rtpmap:96 iLBC/8000\na=sendrecv' }],
      findings: [{ key: 'mapping', frames: [4] }],
    },
    {
      name: 'a static payload type under another name',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'a=rtpmap:8 PCMA/8000', by: 'a=rtpmap:8 G722/8000' }],
      findings: [{ key: 'mapping', frames: [1] }],
    },
    {
      name: 'comfort noise under the number 19',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 'RTP/AVP 0 8 101', by: 'RTP/AVP 0 8 19 101' },
        { at: 1, replace: 'a=sendrecv', by: 'a=rtpmap:19 CN/8000\na=sendrecv' },
      ],
      findings: [
        {
          key: 'reserved',
          frames: [1],
          severity: 'info',
          message: 'Payload type 19 is reserved, and used for CN/8000',
        },
      ],
    },
    {
      name: 'a payload type that means something else after hold',
      flow: flow('hold'),
      edits: [{ at: 10, replace: 'a=rtpmap:101 telephone-event/8000', by: 'a=rtpmap:101 iLBC/8000' }],
      findings: [
        {
          key: 'remapped',
          frames: [10, 6],
          message: 'Payload type 101 of m=audio was telephone-event/8000 and is now iLBC/8000',
        },
      ],
    },
  ],
};

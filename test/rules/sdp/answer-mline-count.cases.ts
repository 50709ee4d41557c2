import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const VIDEO = 'a=sendrecv\nm=video 40002 RTP/AVP 31';

export const cases: RuleCases = {
  rule: 'sdp/answer-mline-count',
  valid: [
    { name: 'one line offered and answered', flow: flow('call') },
    {
      name: 'video refused in its place',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 'a=sendrecv', by: VIDEO },
        { at: 4, replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 0 RTP/AVP 31' },
      ],
    },
    {
      name: 'a bundle-only section answered with a port',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 't=0 0', by: 't=0 0\na=group:BUNDLE 1 2' },
        {
          at: 1,
          replace: 'a=sendrecv',
          by: 'a=sendrecv\na=mid:1\nm=video 0 RTP/AVP 31\na=mid:2\na=bundle-only',
        },
        { at: 4, replace: 't=0 0', by: 't=0 0\na=group:BUNDLE 1 2' },
        { at: 4, replace: 'a=sendrecv', by: 'a=sendrecv\na=mid:1\nm=video 50000 RTP/AVP 31\na=mid:2' },
      ],
    },
    {
      name: 'an offer that is refused, with more lines than the next',
      flow: flow('hold'),
      edits: [
        { at: 6, replace: 'a=sendonly', by: 'a=sendonly\nm=video 40002 RTP/AVP 31' },
        { at: 8, replace: '200 OK', by: '488 Not Acceptable Here' },
        { at: 8, remove: 'Content-Type' },
        { at: 8, replace: 'Content-Length: *', by: 'Content-Length: 0' },
        { at: 8, remove: 'v=' },
        { at: 8, remove: 'o=' },
        { at: 8, remove: 's=' },
        { at: 8, remove: 'c=' },
        { at: 8, remove: 't=' },
        { at: 8, remove: 'm=' },
        { at: 8, remove: 'a=' },
        { at: 8, remove: 'Contact' },
        { at: 9, replace: 'z9hG4bK-h0a', by: 'z9hG4bK-h0' },
        { at: 12, replace: 'bob 200 202', by: 'bob 200 200' },
      ],
    },
  ],
  invalid: [
    {
      name: 'audio and video offered, audio answered',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'a=sendrecv', by: VIDEO }],
      findings: [
        {
          key: 'count',
          frames: [4, 1],
          message: 'The answer does not match its offer line by line: 1 media in the answer to 2 offered',
        },
      ],
    },
    {
      name: 'lines answered in another order',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 'a=sendrecv', by: VIDEO },
        { at: 4, replace: 'm=audio 50000', by: 'm=video 50002 RTP/AVP 31\nm=audio 50000' },
      ],
      findings: [
        {
          key: 'type',
          frames: [4, 1],
          message: 'Media line 1 is answered with another media type: m=video answers m=audio',
        },
        {
          key: 'type',
          frames: [4, 1],
          message: 'Media line 2 is answered with another media type: m=audio answers m=video',
        },
      ],
    },
    {
      name: 'a removed stream accepted',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 0 RTP/AVP 31' },
        { at: 4, replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 50002 RTP/AVP 31' },
      ],
      findings: [{ key: 'revived', frames: [4, 1] }],
    },
    {
      name: 'plain RTP for a secure offer',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 'm=audio 40000 RTP/AVP', by: 'm=audio 40000 UDP/TLS/RTP/SAVP' },
        { at: 1, replace: 'a=sendrecv', by: 'a=fingerprint:sha-256 AA:BB\na=sendrecv' },
      ],
      findings: [{ key: 'protocol', frames: [4, 1] }],
    },
    {
      name: 'another name of the same secure profile',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 'm=audio 40000 RTP/AVP', by: 'm=audio 40000 UDP/TLS/RTP/SAVPF' },
        { at: 1, replace: 'a=sendrecv', by: 'a=fingerprint:sha-256 AA:BB\na=sendrecv' },
        { at: 4, replace: 'm=audio 50000 RTP/AVP', by: 'm=audio 50000 RTP/SAVPF' },
      ],
      findings: [{ key: 'protocol', frames: [4, 1], severity: 'warning' }],
    },
    {
      name: 'a re-INVITE with fewer lines than the session',
      flow: flow('hold'),
      edits: [
        { at: 1, replace: 'a=sendrecv', by: VIDEO },
        { at: 4, replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 0 RTP/AVP 31' },
      ],
      findings: [
        { key: 'reoffer', frames: [6, 1], message: 'The new offer has 1 media lines, the session has 2' },
      ],
    },
  ],
};

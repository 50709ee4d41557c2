import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'sdp/connection-missing',
  valid: [
    { name: 'a c= line for the session', flow: flow('call') },
    {
      name: 'a c= line in the only media section',
      flow: flow('call'),
      edits: [
        { at: 1, remove: 'c=' },
        { at: 1, replace: 'RTP/AVP 0 8 101', by: 'RTP/AVP 0 8 101\nc=IN IP4 192.0.2.10' },
      ],
    },
    {
      name: 'a refused medium without c=',
      flow: flow('call'),
      edits: [
        { at: [1, 4], replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 0 RTP/AVP 31' },
        { at: 4, remove: 'c=' },
        { at: 4, replace: 'RTP/AVP 0 101', by: 'RTP/AVP 0 101\nc=IN IP4 192.0.2.20' },
      ],
    },
    {
      name: 'no media lines at all',
      flow: flow('call'),
      edits: ['c=', 'm=', 'a='].map((remove) => ({ at: [1, 4], remove })),
    },
  ],
  invalid: [
    {
      name: 'no c= at all',
      flow: flow('call'),
      edits: [{ at: 1, remove: 'c=' }],
      findings: [
        {
          key: 'missing',
          frames: [1],
          message: 'No address for media: m=audio has no c=, and the session has none',
        },
      ],
    },
    {
      name: 'a second medium without c=',
      flow: flow('call'),
      edits: [
        { at: 1, remove: 'c=' },
        { at: 1, replace: 'RTP/AVP 0 8 101', by: 'RTP/AVP 0 8 101\nc=IN IP4 192.0.2.10' },
        { at: 1, replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 40002 RTP/AVP 31' },
        { at: 4, replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 0 RTP/AVP 31' },
      ],
      findings: [
        {
          key: 'missing',
          frames: [1],
          message: 'No address for media: m=video has no c=, and the session has none',
        },
      ],
    },
    {
      name: 'an IPv6 address under IP4',
      flow: flow('call'),
      edits: [{ at: 4, replace: 'c=IN IP4 192.0.2.20', by: 'c=IN IP4 2001:db8::20' }],
      findings: [{ key: 'malformed', frames: [4] }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'sdp/mandatory-line',
  valid: [
    { name: 'a call, without e= and p=', flow: flow('call') },
    {
      name: 'a fragment of a description',
      flow: flow('reliable'),
      edits: [
        {
          at: 4,
          replace: 'Content-Length: 0\n',
          by: 'Content-Type: application/trickle-ice-sdpfrag\nContent-Length: *\n\na=ice-ufrag:8hhY\na=end-of-candidates\n',
        },
      ],
    },
  ],
  invalid: [
    {
      name: 'no s= line, as in many printed examples',
      flow: flow('call'),
      edits: [{ at: 1, remove: 's=' }],
      findings: [{ key: 'missing', frames: [1], message: 'The SDP has no s= line at session level' }],
    },
    {
      name: 'no v= and no t= line',
      flow: flow('call'),
      edits: [
        { at: 4, remove: 'v=' },
        { at: 4, remove: 't=' },
      ],
      findings: [
        { key: 'missing', frames: [4], message: 'The SDP has no v= line at session level' },
        { key: 'missing', frames: [4], message: 'The SDP has no t= line at session level' },
      ],
    },
    {
      name: 'version 1',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'v=0', by: 'v=1' }],
      findings: [{ key: 'version', frames: [1] }],
    },
    {
      name: 'an o= line with three fields',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'o=alice 100 100 IN IP4 192.0.2.10', by: 'o=alice 100 192.0.2.10' }],
      findings: [{ key: 'origin', frames: [1] }],
    },
    {
      name: 'a session version of more than 63 bits',
      flow: flow('call'),
      edits: [{ at: 4, replace: 'o=bob 200 200', by: 'o=bob 200 9223372036854775808' }],
      findings: [{ key: 'origin', frames: [4] }],
    },
    {
      name: 'a t= line that is no pair of numbers',
      flow: flow('call'),
      edits: [{ at: [1, 4], replace: 't=0 0', by: 't=now' }],
      findings: [{ key: 'time', frames: [1, 4] }],
    },
  ],
};

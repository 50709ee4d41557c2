import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'sdp/origin-version',
  valid: [
    { name: 'one up with each change', flow: flow('hold') },
    {
      name: 'a refresh with the same description',
      flow: flow('hold'),
      edits: [
        { at: 10, replace: 'alice 100 102', by: 'alice 100 101' },
        { at: 10, replace: 'a=sendrecv', by: 'a=sendonly' },
        { at: 12, replace: 'bob 200 202', by: 'bob 200 201' },
        { at: 12, replace: 'a=sendrecv', by: 'a=recvonly' },
      ],
    },
    {
      name: 'datagrams that came the other way round',
      flow: flow('hold'),
      policy: 'rules:\n  dialog/*: off\n  sdp/offer-answer-state: off\n  sdp/hold-direction: off\n',
      edits: [{ at: 10, seconds: 9.95 }],
    },
  ],
  invalid: [
    {
      name: 'hold under the old version',
      flow: flow('hold'),
      edits: [
        { at: 6, replace: 'alice 100 101', by: 'alice 100 100' },
        { at: 10, replace: 'alice 100 102', by: 'alice 100 101' },
      ],
      findings: [
        {
          key: 'unchanged',
          frames: [6, 1],
          severity: 'error',
          message: 'The SDP changed, and its version 100 did not',
        },
      ],
    },
    {
      name: 'an o= line that a box always writes as 0 0',
      flow: flow('hold'),
      edits: [
        { at: 1, replace: 'o=alice 100 100', by: 'o=- 0 0' },
        { at: 6, replace: 'o=alice 100 101', by: 'o=- 0 0' },
        { at: 10, replace: 'o=alice 100 102', by: 'o=- 0 0' },
      ],
      findings: [{ key: 'sbc-constant', frames: [6, 1, 10] }],
    },
    {
      name: 'two up',
      flow: flow('hold'),
      edits: [{ at: 10, replace: 'alice 100 102', by: 'alice 100 103' }],
      findings: [{ key: 'jump', frames: [10, 6], message: 'The version of the SDP went from 101 to 103' }],
    },
    {
      name: 'another session id',
      flow: flow('hold'),
      edits: [{ at: 12, replace: 'bob 200 202', by: 'bob 201 202' }],
      findings: [
        { key: 'identity', frames: [12, 8], message: 'The session id in o= changed from 200 to 201' },
      ],
    },
    {
      name: 'a new version of the same description',
      flow: flow('hold'),
      edits: [
        { at: 6, replace: 'a=sendonly', by: 'a=sendrecv' },
        { at: 8, replace: 'a=recvonly', by: 'a=sendrecv' },
        { at: 12, replace: 'bob 200 202', by: 'bob 200 201' },
        { at: 8, replace: 'bob 200 201', by: 'bob 200 200' },
        { at: 12, replace: 'bob 200 201', by: 'bob 200 200' },
      ],
      findings: [
        {
          key: 'needless',
          frames: [10, 6],
          severity: 'info',
          message: 'The version of the SDP went from 101 to 102, and nothing else changed',
        },
      ],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { attempts } from '../many-calls.ts';

/** Nine seconds of media from alice to bob, and from bob to alice. */
const THERE = '=== 2.100 192.0.2.10:40000 > 192.0.2.20:50000 rtp 450\n';
const BACK = '=== 2.100 192.0.2.20:50000 > 192.0.2.10:40000 rtp 450\n';

export const cases: RuleCases = {
  rule: 'nat/one-way-audio',
  valid: [
    { name: 'both ways', flow: flow('call'), edits: [{ insert: THERE + BACK }] },
    { name: 'no media in the capture', flow: flow('call') },
    {
      name: 'bob only listens',
      flow: flow('call'),
      edits: [
        { insert: THERE },
        { at: 4, replace: 'a=sendrecv', by: 'a=recvonly' },
        { at: 1, replace: 'a=sendrecv', by: 'a=sendonly' },
      ],
    },
    {
      name: 'alice is behind a NAT, and bob answers to where she is',
      flow: flow('call'),
      edits: [
        {
          insert:
            '=== 2.100 203.0.113.7:31000 > 192.0.2.20:50000 rtp 450\n=== 2.100 192.0.2.20:50000 > 203.0.113.7:31000 rtp 450\n',
        },
      ],
    },
    {
      name: 'silence of less than ten seconds, with comfort noise agreed',
      flow: flow('call'),
      edits: [
        { insert: THERE },
        { at: 1, replace: 'RTP/AVP 0 8 101', by: 'RTP/AVP 0 8 13 101' },
        { at: 4, replace: 'RTP/AVP 0 101', by: 'RTP/AVP 0 13 101' },
      ],
    },
  ],
  invalid: [
    {
      name: 'nothing comes back',
      flow: flow('call'),
      edits: [{ insert: THERE }],
      findings: [
        {
          key: 'one-way',
          frames: [4, 1, 10],
          message: '450 packets of audio went to 192.0.2.20:50000 within 9.0 s, and none to 192.0.2.10:40000',
        },
      ],
    },
    {
      name: 'a tap on one side',
      flow: attempts(6, () => 200),
      edits: [
        {
          insert: Array.from({ length: 6 }, (_, n) => {
            return `=== ${n + 0.6} 192.0.2.10:${40000 + 2 * n} > 192.0.2.20:${40000 + 2 * n} rtp 150\n`;
          }).join(''),
        },
      ],
      findings: [{ key: 'tap', frames: [3, 7, 11, 15, 19, 23], severity: 'info' }],
    },
  ],
};

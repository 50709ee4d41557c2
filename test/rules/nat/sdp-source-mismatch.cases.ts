import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const MEDIA =
  '=== 2.100 203.0.113.7:31000 > 192.0.2.20:50000 rtp 450\n=== 2.100 192.0.2.20:50000 > 203.0.113.7:31000 rtp 450\n';

export const cases: RuleCases = {
  rule: 'nat/sdp-source-mismatch',
  valid: [
    {
      name: 'a relay elsewhere',
      flow: flow('call'),
      edits: [{ insert: MEDIA }, { at: 1, replace: 'c=IN IP4 192.0.2.10', by: 'c=IN IP4 198.51.100.9' }],
    },
    {
      name: 'ICE',
      flow: flow('call'),
      edits: [
        { insert: MEDIA },
        { at: 1, replace: 'c=IN IP4 192.0.2.10', by: 'c=IN IP4 10.1.1.1' },
        {
          at: 1,
          replace: 'a=sendrecv',
          by: 'a=candidate:1 1 UDP 2130706431 10.1.1.1 40000 typ host\na=sendrecv',
        },
      ],
    },
  ],
  invalid: [
    {
      name: 'the inner address of a phone behind a NAT',
      flow: flow('call'),
      edits: [{ insert: MEDIA }, { at: 1, replace: 'c=IN IP4 192.0.2.10', by: 'c=IN IP4 10.1.1.1' }],
      findings: [
        {
          key: 'mismatch',
          frames: [1],
          message:
            'Media are asked for at 10.1.1.1:40000, but come from 203.0.113.7:31000, and signalling from 192.0.2.10:5060',
        },
      ],
      also: [{ rule: 'nat/private-address-exposed', key: 'media', frames: [1] }],
    },
  ],
};

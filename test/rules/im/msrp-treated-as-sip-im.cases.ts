import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const msrp = { flow: flow('sbc-msrp'), policy: sbcPolicy() };

export const cases: RuleCases = {
  rule: 'im/msrp-treated-as-sip-im',
  valid: [
    { name: 'MSRP goes on with its path', ...msrp },
    {
      name: 'a relay stands first in the path',
      ...msrp,
      edits: [
        {
          at: [1, 3],
          replace: 'a=path:msrp://192.0.2.10:7654/s8a;tcp',
          by: 'a=path:msrp://198.51.100.77:7654/r;tcp msrp://10.0.0.5:7654/s8a;tcp',
        },
      ],
    },
    { name: 'IM over SIP', flow: flow('sbc-private-caller'), policy: sbcPolicy({ caller: true }) },
  ],
  invalid: [
    {
      name: 'made anonymous as though it were IM over SIP',
      ...msrp,
      edits: [
        { at: 3, replace: 'm=message 7654 TCP/MSRP *', by: 'm=message 5060 sip sip:anonymous@198.51.100.30' },
      ],
      findings: [
        {
          key: 'anonymised',
          frames: [3, 1],
          message: 'an MSRP line went on as IM over SIP: m=message 5060 sip sip:anonymous@198.51.100.30',
        },
      ],
      also: [{ rule: 'sdp/answer-mline-count', key: 'protocol', frames: [7, 3] }],
    },
    {
      name: 'its path is dropped',
      ...msrp,
      edits: [{ at: 3, remove: 'a=path' }],
      findings: [{ key: 'path-dropped', frames: [3, 1] }],
      also: [
        { rule: 'im/sdp-modified-without-privacy', key: 'changed', frames: [3, 1] },
        { rule: 'im/msrp-sdp-incomplete', key: 'path', frames: [3] },
      ],
    },
    {
      name: 'its path leads to a private address',
      ...msrp,
      edits: [{ at: [1, 3], replace: 'msrp://192.0.2.10', by: 'msrp://10.0.0.5' }],
      findings: [
        {
          key: 'unreachable',
          frames: [3, 1],
          message: 'the MSRP path leads to 10.0.0.5, a private address, and 203.0.113.5 is public',
        },
      ],
    },
  ],
};

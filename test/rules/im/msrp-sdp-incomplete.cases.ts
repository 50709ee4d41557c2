import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const msrp = { flow: flow('sbc-msrp'), policy: sbcPolicy() };

export const cases: RuleCases = {
  rule: 'im/msrp-sdp-incomplete',
  valid: [
    { name: 'path, types and *', ...msrp },
    { name: 'IM over SIP needs none of them', flow: flow('sbc-two-sets'), policy: sbcPolicy() },
  ],
  invalid: [
    {
      name: 'no path',
      ...msrp,
      edits: [{ at: [1, 3], remove: 'a=path' }],
      findings: [
        { key: 'path', frames: [1] },
        { key: 'path', frames: [3] },
      ],
    },
    {
      name: 'no types',
      ...msrp,
      edits: [{ at: [1, 3], remove: 'a=accept-types' }],
      findings: [
        { key: 'types', frames: [1] },
        { key: 'types', frames: [3] },
      ],
    },
    {
      name: 'a format',
      ...msrp,
      edits: [{ at: [1, 3], replace: 'TCP/MSRP *', by: 'TCP/MSRP text/plain' }],
      findings: [
        { key: 'format', frames: [1], message: 'the MSRP line has the format text/plain instead of *' },
        { key: 'format', frames: [3] },
      ],
    },
  ],
};

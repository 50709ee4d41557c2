import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const several = { flow: flow('sbc-several-lines-private'), policy: sbcPolicy({ caller: true }) };
const BROKEN = { at: 8, remove: 'm=message 0' } as const;

export const cases: RuleCases = {
  rule: 'privacy/im-mline-count-broken',
  valid: [
    { name: 'SBC-46 the answer has as many lines as the offer', ...several },
    { name: 'one line', flow: flow('sbc-private-caller'), policy: sbcPolicy({ caller: true }) },
  ],
  invalid: [
    {
      name: 'SBC-46 the answer comes back with one line',
      ...several,
      edits: [BROKEN],
      findings: [
        {
          key: 'broken',
          frames: [8, 1, 3],
          message: 'an offer of 2 m= lines went on with 1, and its answer came back with 1',
        },
      ],
      also: [{ rule: 'sdp/answer-mline-count', key: 'count', frames: [8, 1] }],
    },
    {
      name: 'the policy decides for it: info',
      flow: flow('sbc-several-lines-private'),
      policy: sbcPolicy({ caller: true, decisions: { 'collapsed-lines': 'collapse' } }),
      edits: [BROKEN],
      findings: [{ key: 'broken', frames: [8, 1, 3], severity: 'info' }],
      also: [{ rule: 'sdp/answer-mline-count', key: 'count', frames: [8, 1] }],
    },
  ],
};

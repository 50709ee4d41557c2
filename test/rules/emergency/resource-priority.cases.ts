import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

export const cases: RuleCases = {
  rule: 'emergency/resource-priority',
  valid: [
    {
      name: 'a registered namespace',
      flow: flow('call'),
      edits: [{ at: 1, add: 'Resource-Priority: ets.0, dsn.flash' }],
    },
    {
      name: 'an unknown one that is not required',
      flow: flow('call'),
      edits: [{ at: 1, add: 'Resource-Priority: country.routine' }],
    },
  ],
  invalid: [
    {
      name: 'no dot',
      flow: flow('call'),
      edits: [{ at: 1, add: 'Resource-Priority: flash' }],
      findings: [
        { key: 'malformed', frames: [1], message: 'Resource-Priority flash is not namespace.value' },
      ],
    },
    {
      name: 'required, unknown, and accepted',
      flow: flow('call'),
      edits: [{ at: 1, add: 'Resource-Priority: country.routine\nRequire: resource-priority' }],
      findings: [{ key: 'accepted', frames: [4, 1] }],
    },
    {
      name: '417 without the list',
      flow: flow('sips-message'),
      edits: [{ at: 2, replace: '200 OK', by: '417 Unknown Resource-Priority' }],
      findings: [{ key: 'no-list', frames: [2], severity: 'info' }],
    },
    {
      name: 'lost inside the trust domain',
      flow: flow('sbc-voice'),
      policy: sbcPolicy({ trusted: ['203.0.113.0/24'] }),
      edits: [{ at: 1, add: 'Resource-Priority: ets.0' }],
      findings: [{ key: 'dropped', frames: [3, 1] }],
    },
  ],
};

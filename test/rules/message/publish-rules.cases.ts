import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'message/publish-rules',
  valid: [
    { name: 'published, refreshed, removed', flow: flow('publication') },
    { name: 'an entity-tag from before the capture', flow: flow('publication'), edits: [{ drop: [1, 2] }] },
    {
      name: 'an old entity-tag, refused',
      flow: flow('publication'),
      edits: [
        { at: 5, replace: 'SIP-If-Match: e2', by: 'SIP-If-Match: e1' },
        { at: 6, replace: '200 OK', by: '412 Conditional Request Failed' },
      ],
    },
  ],
  invalid: [
    {
      name: 'a refresh without the entity-tag',
      flow: flow('publication'),
      edits: [{ at: 3, remove: 'SIP-If-Match' }],
      findings: [{ key: 'no-tag', frames: [3] }],
    },
    {
      name: 'a 200 without an entity-tag',
      flow: flow('publication'),
      edits: [{ at: 2, remove: 'SIP-ETag' }],
      findings: [
        {
          key: 'answer-without',
          frames: [2, 1],
          severity: 'error',
          message: '200 to PUBLISH has no SIP-ETag',
        },
      ],
    },
    {
      name: 'a 200 without Expires',
      flow: flow('publication'),
      edits: [{ at: 2, remove: 'Expires' }],
      findings: [{ key: 'answer-without', frames: [2, 1], severity: 'error' }],
    },
    {
      name: 'an entity-tag that was replaced, accepted',
      flow: flow('publication'),
      edits: [{ at: 5, replace: 'SIP-If-Match: e2', by: 'SIP-If-Match: e1' }],
      findings: [
        { key: 'old-tag', frames: [6, 5], message: '200 accepts the entity-tag e1, which e2 had replaced' },
      ],
    },
    {
      name: 'the same entity-tag again',
      flow: flow('publication'),
      edits: [
        { at: 4, replace: 'SIP-ETag: e2', by: 'SIP-ETag: e1' },
        { at: 5, replace: 'SIP-If-Match: e2', by: 'SIP-If-Match: e1' },
      ],
      findings: [{ key: 'same-tag', frames: [4, 3] }],
    },
  ],
};

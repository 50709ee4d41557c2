import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'message/tags',
  valid: [
    { name: 'a call', flow: flow('call') },
    {
      name: 'a call that began before the capture',
      flow: flow('hold'),
      edits: [{ drop: [1, 2, 3, 4, 5] }],
    },
  ],
  invalid: [
    {
      name: 'From without a tag',
      flow: flow('pager-message'),
      edits: [{ at: [1, 2], replace: '<sip:alice@example.com>;tag=a-tag', by: '<sip:alice@example.com>' }],
      findings: [{ key: 'from', frames: [1], message: 'From of MESSAGE has no tag' }],
    },
    {
      name: 'From without a tag, by an older device',
      flow: flow('pager-message'),
      edits: [
        { at: [1, 2], replace: '<sip:alice@example.com>;tag=a-tag', by: '<sip:alice@example.com>' },
        { everywhere: 'z9hG4bK-m0', by: '1418' },
      ],
      findings: [{ key: 'from', frames: [1], severity: 'warning' }],
      also: [{ rule: 'message/via-branch', key: 'no-cookie', frames: [1], severity: 'warning' }],
    },
    {
      name: 'a 200 without a tag in To',
      flow: flow('pager-message'),
      edits: [{ at: 2, replace: ';tag=b-tag-0', by: '' }],
      findings: [{ key: 'to', frames: [2], message: 'To of 200 to MESSAGE has no tag' }],
    },
    {
      name: 'an INVITE with a tag in To that rings',
      flow: flow('call'),
      edits: [
        { at: [1, 2], replace: 'To: <sip:bob@example.com>', by: 'To: <sip:bob@example.com>;tag=b-tag' },
      ],
      findings: [{ key: 'initial', frames: [1], severity: 'warning' }],
    },
  ],
};

import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const off = { flow: flow('sbc-two-sets'), policy: sbcPolicy() };
const says = (value: string) => [{ at: [1, 3], add: `Privacy: ${value}` }] as const;

export const cases: RuleCases = {
  rule: 'privacy/header-malformed',
  valid: [
    { name: 'none, untouched', ...off, edits: [...says('none')] },
    {
      name: 'header and critical',
      flow: flow('sbc-private-caller'),
      policy: sbcPolicy({ caller: true }),
      edits: [{ at: 1, add: 'Privacy: header;session;critical' }],
    },
    { name: 'a value of an extension', ...off, edits: [...says('x-foo')] },
    {
      name: 'id stays for those further on, for nobody here vouched for what went',
      flow: flow('sbc-two-sets'),
      policy: sbcPolicy({ trusted: ['203.0.113.0/24'] }),
      edits: [...says('id'), { at: 1, add: 'P-Asserted-Identity: <sip:alice@example.com>' }],
    },
  ],
  invalid: [
    {
      name: 'none and more',
      ...off,
      edits: [...says('none;id')],
      findings: [
        { key: 'none-with', frames: [1], message: 'Privacy has none together with id' },
        { key: 'none-with', frames: [3] },
      ],
    },
    {
      name: 'a value twice',
      ...off,
      edits: [{ at: 1, add: 'Privacy: id;id' }],
      findings: [{ key: 'repeated', frames: [1] }],
    },
    {
      name: 'critical alone',
      ...off,
      edits: [{ at: 1, add: 'Privacy: critical' }],
      findings: [{ key: 'critical-alone', frames: [1] }],
    },
    {
      name: 'critical in a response',
      ...off,
      edits: [{ at: 7, add: 'Privacy: id;critical' }],
      findings: [{ key: 'critical-response', frames: [7] }],
    },
    {
      name: 'commas',
      ...off,
      edits: [{ at: 1, add: 'Privacy: id, critical' }],
      findings: [{ key: 'comma', frames: [1], severity: 'info' }],
    },
    {
      name: 'none does not go on',
      ...off,
      edits: [{ at: 1, add: 'Privacy: none' }],
      findings: [{ key: 'none-changed', frames: [3, 1], message: 'Privacy: none went on as nothing' }],
    },
    {
      name: 'id is executed and left',
      ...off,
      edits: [...says('id'), { at: 1, add: 'P-Asserted-Identity: <sip:alice@example.com>' }],
      findings: [{ key: 'left', frames: [3, 1], severity: 'info' }],
    },
    {
      name: 'id is executed where the trust domain ends, and left',
      flow: flow('sbc-two-sets'),
      policy: sbcPolicy({ trusted: ['192.0.2.0/24'] }),
      edits: [...says('id'), { at: 1, add: 'P-Asserted-Identity: <sip:alice@example.com>' }],
      findings: [{ key: 'left', frames: [3, 1] }],
    },
  ],
};

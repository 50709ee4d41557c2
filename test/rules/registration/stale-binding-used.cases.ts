import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

/** The registrar asks the phone once more, and gets no answer. */
const copies = [500.5, 501.5, 503.5].map((seconds) => ({ again: 7, seconds }));

export const cases: RuleCases = {
  rule: 'registration/stale-binding-used',
  valid: [
    { name: 'refreshed and removed', flow: flow('register') },
    { name: 'through an edge proxy', flow: flow('register-path') },
    { name: 'registered before the capture', flow: flow('register'), edits: [{ drop: [1, 2, 3, 4] }] },
    {
      name: 'within the grace of the policy',
      flow: flow('register'),
      policy: 'thresholds:\n  registration-grace: 1min\n',
      edits: [
        { drop: [3, 4, 5, 6] },
        { at: 7, seconds: 620 },
        { at: 8, seconds: 620.01 },
        { at: 9, seconds: 630 },
        { at: 10, seconds: 630.01 },
        { at: [9, 10], replace: 'CSeq: 3', by: 'CSeq: 2' },
      ],
    },
  ],
  invalid: [
    {
      name: 'a request twenty seconds after the end',
      flow: flow('register'),
      edits: [
        { drop: [3, 4, 5, 6] },
        { at: 7, seconds: 620 },
        { at: 8, seconds: 620.01 },
        { at: 9, seconds: 630 },
        { at: 10, seconds: 630.01 },
        { at: [9, 10], replace: 'CSeq: 3', by: 'CSeq: 2' },
      ],
      findings: [
        {
          key: 'expired',
          frames: [3, 2],
          message: 'OPTIONS goes to sip:alice@192.0.2.10:5060 20 s after its binding ended',
        },
      ],
    },
    {
      name: 'a request after the removal',
      flow: flow('register'),
      edits: [
        { at: 7, seconds: 580 },
        { at: 8, seconds: 580.01 },
      ],
      findings: [
        {
          key: 'removed',
          frames: [9, 4],
          message: 'OPTIONS goes to sip:alice@192.0.2.10:5060 30 s after its binding was removed',
        },
      ],
    },
    {
      name: 'the phone forgets to refresh',
      flow: flow('register'),
      edits: [{ drop: [3, 4, 5, 6, 7, 8, 9, 10] }],
      findings: [
        {
          key: 'not-refreshed',
          frames: [3, 2],
          message:
            'sip:alice@example.com sends OPTIONS 100 s after its binding ended, and did not register again',
        },
      ],
    },
    {
      name: 'registered and not to be reached',
      flow: flow('register'),
      policy: 'rules:\n  quality/*: off\n',
      edits: [{ drop: 8 }, ...copies],
      findings: [
        {
          key: 'unreachable',
          frames: [7, 4],
          message: 'OPTIONS to sip:alice@192.0.2.10:5060 was not answered although its binding holds',
        },
      ],
      also: [{ rule: 'dialog/transaction-timeout', key: 'unanswered', frames: [7] }],
    },
  ],
};

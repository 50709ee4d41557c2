import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'message/subscribe-event',
  valid: [
    { name: 'a subscription and its end', flow: flow('subscription') },
    { name: 'a publication', flow: flow('publication') },
    {
      name: 'a shorter time granted',
      flow: flow('subscription'),
      edits: [{ at: 2, replace: 'Expires: 600', by: 'Expires: 300' }],
    },
    {
      name: 'a template of a package that is listed',
      flow: flow('subscription'),
      edits: [
        { at: [1, 3, 5, 7], replace: 'Event: presence', by: 'Event: presence.winfo' },
        { at: 2, add: 'Allow-Events: presence' },
      ],
    },
  ],
  invalid: [
    {
      name: 'no Event',
      flow: flow('publication'),
      edits: [{ at: 1, remove: 'Event' }],
      findings: [{ key: 'no-event', frames: [1], message: 'PUBLISH has no Event' }],
    },
    {
      name: 'two packages in one Event',
      flow: flow('publication'),
      edits: [{ at: 1, replace: 'Event: presence', by: 'Event: reg, presence' }],
      findings: [{ key: 'several-events', frames: [1] }],
    },
    {
      name: 'two Event headers',
      flow: flow('publication'),
      edits: [{ at: 1, add: 'Event: dialog', before: 'Expires' }],
      findings: [{ key: 'several-events', frames: [1] }],
    },
    {
      name: 'SUBSCRIBE without Expires',
      flow: flow('subscription'),
      edits: [{ at: 1, remove: 'Expires' }],
      findings: [{ key: 'no-expires', frames: [1], severity: 'warning' }],
    },
    {
      name: 'the time in Contact',
      flow: flow('subscription'),
      edits: [{ at: 1, replace: '5060>\n', by: '5060>;expires=600\n' }],
      findings: [{ key: 'contact-expires', frames: [1], severity: 'info' }],
    },
    {
      name: 'a 200 without Expires',
      flow: flow('subscription'),
      edits: [{ at: 2, remove: 'Expires' }],
      findings: [{ key: 'answer-without', frames: [2] }],
    },
    {
      name: 'more time granted than asked for',
      flow: flow('subscription'),
      edits: [{ at: 2, replace: 'Expires: 600', by: 'Expires: 3600' }],
      findings: [
        { key: 'longer', frames: [2, 1], message: '200 grants 3600 seconds, SUBSCRIBE asked for 600' },
      ],
    },
    {
      name: 'a package that the server does not list',
      flow: flow('subscription'),
      edits: [{ at: 2, add: 'Allow-Events: dialog, message-summary' }],
      findings: [{ key: 'unlisted', frames: [2, 1], severity: 'info' }],
    },
  ],
};

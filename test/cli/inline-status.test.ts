// What `sipspect inline` shows on a terminal: the line while it runs, the summary at its end.
import { expect, test } from 'vitest';
import { finalSummary, StatusLine } from '../../src/cli/inline/inline-status.ts';
import { Counters } from '../../src/inline/counters.ts';
import type { Gauges } from '../../src/inline/metrics.ts';

const GAUGES: Gauges = {
  pending: { timers: 9, transactions: 4, dialogs: 1, bindings: 3 },
  connections: 2,
  memoryOctets: 1,
  uptimeSeconds: 7384,
  lagSeconds: 0,
  draining: false,
  overloaded: false,
  version: '1',
};

test('the line counts since the line before', () => {
  const counters = new Counters();
  const status = new StatusLine(counters, 10_000);
  counters.add('received', 'INVITE', 3000);
  counters.add('sent', '2xx', 2500);
  counters.add('refused', 'rate');
  expect(status.next(GAUGES, 12_000)).toBe(
    '1 dialog, 3 registrations, 2 connections; 1,500 messages/s in, 1,250 out; 1 refused, 0 findings',
  );
  counters.add('received', 'BYE', 10);
  counters.add('findings', 'a/b');
  const quiet = { ...GAUGES, pending: {}, connections: 1 };
  expect(status.next({ ...quiet, draining: true }, 13_000)).toBe(
    'draining; 0 dialogs, 0 registrations, 1 connection; 10 messages/s in, 0 out; 1 refused, 1 finding',
  );
  expect(status.next({ ...quiet, overloaded: true }, 14_000)).toBe(
    'overloaded; 0 dialogs, 0 registrations, 1 connection; 0 messages/s in, 0 out; 1 refused, 1 finding',
  );
});

test('the summary lists what happened, the most frequent first, and what was left', () => {
  const counters = new Counters();
  expect(finalSummary(counters, { ...GAUGES, uptimeSeconds: 4, pending: {} })).toBe('Ran 4 s.\n');
  counters.add('received', 'INVITE', 2);
  counters.add('received', '2xx', 1200);
  counters.add('not-judged', '', 7);
  for (let i = 0; i < 14; i++) counters.add('findings', `rule/${i}`, 20 - i);
  expect(finalSummary(counters, GAUGES)).toBe(`Ran 2 h 3 min 4 s.
Received: 1,202 (1,200 2xx, 2 INVITE)
Findings: 189 (20 rule/0, 19 rule/1, 18 rule/2, 17 rule/3, 16 rule/4, 15 rule/5, 14 rule/6, 13 rule/7, 12 rule/8, 11 rule/9, 10 rule/10, 9 rule/11, 2 more kinds)
Not judged: 7
Up at the end: 1 dialog, 3 bindings
`);
});

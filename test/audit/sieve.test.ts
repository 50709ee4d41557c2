// What is shown of what rules find: ignored, below, known.
import { expect, test } from 'vitest';
import { readBaseline, writeBaseline } from '../../src/audit/baseline.ts';
import { fingerprint } from '../../src/audit/fingerprint.ts';
import { Sieve } from '../../src/audit/sieve.ts';
import { parseRange } from '../../src/policy/address-range.ts';
import { finding } from './finding.ts';

const OPTIONS = {
  set: 1,
  ignore: [],
  today: '2026-11-21',
  minSeverity: 'info',
  baseline: new Set<string>(),
} as const;

test('a finding is shown with its set and fingerprint', () => {
  const sieve = new Sieve({ ...OPTIONS, set: 3 });
  expect(sieve.take(finding())).toEqual({
    ...finding(),
    set: 3,
    fingerprint: fingerprint(finding()),
    places: [],
  });
});

test('entries of the policy ignore by rule, peer and product, until their last day', () => {
  const entry = { rule: 'message/*', peer: null, userAgent: null, until: null, reason: 'known' };
  const sieve = new Sieve({
    ...OPTIONS,
    ignore: [
      { ...entry, until: '2026-11-20', reason: 'over' },
      { ...entry, peer: parseRange('192.0.2.0/28')!, until: '2026-11-21' },
      { ...entry, userAgent: 'phone b*', reason: 'old firmware' },
    ],
  });
  const shown = [
    finding(),
    finding({ peer: '192.0.2.77:5060' }),
    finding({ peer: '192.0.2.77:5060', userAgent: 'Phone B/1.0' }),
    finding({ rule: 'dialog/ack-missing' }),
    finding({ peer: '', userAgent: '' }),
  ].map((one) => sieve.take(one) !== null);
  expect(shown).toEqual([false, true, false, true, true]);
  expect(sieve.ignored.counts()).toEqual([
    { rule: 'message/*', reason: 'over', until: '2026-11-20', expired: true, count: 0 },
    { rule: 'message/*', reason: 'known', until: '2026-11-21', expired: false, count: 1 },
    { rule: 'message/*', reason: 'old firmware', until: null, expired: false, count: 1 },
  ]);
});

test('what is not bad enough is counted', () => {
  const sieve = new Sieve({ ...OPTIONS, minSeverity: 'warning' });
  const severities = ['error', 'warning', 'info'] as const;
  expect(severities.map((severity) => sieve.take(finding({ severity })) !== null)).toEqual([
    true,
    true,
    false,
  ]);
  expect(sieve.below).toBe(1);
});

test('a baseline written of an audit makes the next one show only what is new', () => {
  const first = new Sieve({ ...OPTIONS, writesBaseline: true });
  first.take(finding({ rule: 'sdp/rtpmap' }));
  first.take(finding());
  first.take(finding({ frames: [99] }));
  const text = writeBaseline([...first.present.values()]);
  expect(JSON.parse(text)).toEqual({
    v: 1,
    findings: ['message/max-forwards', 'sdp/rtpmap'].map((rule) => ({
      fingerprint: fingerprint(finding({ rule })),
      rule,
      peer: '192.0.2.10:5060',
      message: 'INVITE has no Max-Forwards',
    })),
  });
  const second = new Sieve({ ...OPTIONS, writesBaseline: true, baseline: readBaseline(text) });
  expect(second.take(finding({ frames: [5] }))).toBe(null);
  expect(second.take(finding({ peer: '192.0.2.12:5060' }))).not.toBe(null);
  expect(second.known).toBe(1);
  expect([...second.present.values()].map(({ peer }) => peer)).toEqual([
    '192.0.2.10:5060',
    '192.0.2.12:5060',
  ]);
});

test('what a new baseline has no room for is said, once; where none is wanted nothing is listed', () => {
  const said: string[] = [];
  const most = 2;
  const onCapped = ({ code, message }: { code: string; message: string }) => said.push(`${code}: ${message}`);
  const full = new Sieve({ ...OPTIONS, writesBaseline: true, most, onCapped });
  const none = new Sieve({ ...OPTIONS, most, onCapped });
  for (const rule of ['sdp/rtpmap', 'sdp/rtpmap', 'sdp/codec', 'im/one', 'im/two'])
    for (const sieve of [full, none]) sieve.take(finding({ rule }));
  expect([full.present.size, none.present.size, said]).toEqual([
    ...[2, 0],
    ['audit/baseline-capped: The new baseline holds 2 findings; those after them are not in it'],
  ]);
});

test.each([
  ['{', /^is no JSON: /],
  ['[]', /^is no baseline: it needs/],
  ['null', /^is no baseline: it needs/],
  ['{"v":1,"findings":[null]}', /^is no baseline: findings\[0\] has no fingerprint$/],
])('%s is no baseline', (text, error) => {
  expect(() => readBaseline(text)).toThrow(error);
});

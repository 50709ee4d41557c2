import { expect, it } from 'vitest';
import { parseDiversion, parseHistoryInfo } from '../../src/sip/header/history-info.ts';

it('reads History-Info with the reason in its URI', () => {
  const entry = parseHistoryInfo(
    '<sip:bob@192.0.2.5?Reason=SIP%3Bcause%3D302&Privacy=history>;index=1.1.2;rc=1.1',
  );
  expect([entry.target.uri.address, entry.index, entry.mapping, entry.privacy]).toEqual([
    'bob@192.0.2.5',
    '1.1.2',
    { kind: 'rc', from: '1.1' },
    'history',
  ]);
  expect([entry.reason?.protocol, entry.reason?.cause]).toEqual(['SIP', 302]);
});

it('reads one without anything', () => {
  const { index, mapping, reason, privacy } = parseHistoryInfo('<sip:bob@example.com>');
  expect([index, mapping, reason, privacy]).toEqual(['', undefined, undefined, '']);
});

it('reads Diversion', () => {
  const { target, reason, counter } = parseDiversion(
    '"B" <sip:b@example.com>;reason=user-busy;counter=2;privacy=off',
  );
  expect([target.display, target.uri.user, reason, counter]).toEqual(['B', 'b', 'user-busy', 2]);
});

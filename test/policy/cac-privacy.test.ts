// CAC entries and the two sides of a call → who is hidden.
import { describe, expect, test } from 'vitest';
import { privacyFor } from '../../src/policy/cac-privacy.ts';
import { DEFAULT_DECISIONS } from '../../src/policy/decisions.ts';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import type { Adjacency, CacEntry } from '../../src/policy/policy.ts';
import { adjacency, cacEntry } from './adjacencies.ts';

const A = adjacency('a', { account: 'acme' });
const A2 = adjacency('a2', { account: 'acme' });
const B = adjacency('b', { account: 'bolt' });
const NONE = adjacency('none');

function privacy(cac: readonly CacEntry[], inbound: Adjacency | null, outbound: Adjacency | null) {
  return privacyFor({ ...EMPTY_POLICY, cac }, inbound, outbound, 'alice@a.example', '+4930123@b.example');
}

test('no entry: not known', () => {
  expect(privacy([], A, B)).toEqual({ caller: null, callee: null });
  expect(privacy([cacEntry({ adjacency: 'c' }, 'always')], A, B)).toEqual({ caller: null, callee: null });
  expect(privacy([cacEntry({ adjacency: 'a' }, 'always')], null, null)).toEqual({
    caller: null,
    callee: null,
  });
});

test('each mode, and both flags apart', () => {
  expect(privacy([cacEntry({}, 'always', 'never')], A, B)).toEqual({ caller: true, callee: false });
  expect(privacy([cacEntry({}, 'never', 'always')], A, B)).toEqual({ caller: false, callee: true });
});

describe('account-boundary', () => {
  const cac = [cacEntry({}, 'account-boundary', 'account-boundary')];
  test.each([
    ['applies between accounts', A, B, true],
    ['not within one', A, A2, false],
    ['not within one adjacency, account or not', NONE, NONE, false],
    ['is not known where an account is not', A, NONE, null],
    ['is not known where a side is not', A, null, null],
  ])('%s', (_, inbound, outbound, hidden) => {
    expect(privacy(cac, inbound, outbound)).toEqual({ caller: hidden, callee: hidden });
  });
});

test('Q21: where no entry speaks of the callee it is as of the caller, or not known', () => {
  const cac = [cacEntry({}, 'always')];
  expect(privacy(cac, A, B)).toEqual({ caller: true, callee: true });
  const decisions = { ...DEFAULT_DECISIONS, calleePrivacyFallback: 'unknown' } as const;
  expect(privacyFor({ ...EMPTY_POLICY, cac, decisions }, A, B, 'x', 'y')).toEqual({
    caller: true,
    callee: null,
  });
});

test('the first entry that matches and has a value decides', () => {
  const cac = [
    cacEntry({ inboundAdjacency: 'b' }, 'always', 'always'),
    cacEntry({ inboundAdjacency: 'a' }, null, 'never'),
    cacEntry({}, 'account-boundary', 'always'),
    cacEntry({}, 'never', 'always'),
  ];
  expect(privacy(cac, A, B)).toEqual({ caller: true, callee: false });
});

test.each<[Parameters<typeof cacEntry>[0], boolean]>([
  [{ adjacency: 'a' }, true],
  [{ adjacency: 'b' }, true],
  [{ inboundAdjacency: 'b' }, false],
  [{ outboundAdjacency: 'b' }, true],
  [{ outboundAdjacency: 'a' }, false],
  [{ account: 'bolt' }, true],
  [{ account: 'other' }, false],
  [{ inboundAccount: 'acme', outboundAccount: 'bolt' }, true],
  [{ inboundAccount: 'bolt' }, false],
  [{ outboundAccount: 'acme' }, false],
  [{ caller: 'alice' }, true],
  [{ caller: 'ALI*@a.example' }, true],
  [{ caller: 'alice@b.example' }, false],
  [{ callee: '+49*' }, true],
  [{ callee: '+4?' }, false],
  [{ caller: 'alice', callee: 'bob' }, false],
])('%j', (match, matched) => {
  expect(privacy([cacEntry(match, 'always')], A, B).caller).toBe(matched ? true : null);
});

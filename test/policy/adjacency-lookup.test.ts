// Addresses and hosts → adjacencies.
import { expect, test } from 'vitest';
import { Adjacencies } from '../../src/policy/adjacency-lookup.ts';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import type { Adjacency } from '../../src/policy/policy.ts';
import { adjacency, local } from './adjacencies.ts';

const CALLER = adjacency('caller', {
  local: [local('192.168.2.20'), local('sbc.com')],
  peers: ['10.0.0.0/8'],
});
const CALLEE = adjacency('callee', {
  local: [local('192.168.10.10'), local('2001:db8::5'), local('sbc.com')],
});
const TLS = adjacency('tls', { local: [local('192.168.10.10', 5061, 'tls')] });
const SHARED_A = adjacency('shared-a', { local: [local('192.168.3.3')], peers: ['10.1.0.0/16'] });
const SHARED_B = adjacency('shared-b', { local: [local('192.168.3.3')], peers: ['10.1.1.0/24', '10.2.0.1'] });
const SHARED_REST = adjacency('shared-rest', { local: [local('192.168.3.3', 5060, 'udp')] });
const ALL = [CALLER, CALLEE, TLS, SHARED_REST, SHARED_A, SHARED_B];

const lookup = new Adjacencies({ ...EMPTY_POLICY, adjacencies: ALL });
const name = (found: Adjacency | undefined): string | undefined => found?.name;

test('by name, and all in their order', () => {
  expect(lookup.named('tls')).toBe(TLS);
  expect(lookup.named('TLS')).toBeUndefined();
  expect(lookup.all).toEqual(ALL);
});

test('by local address, port and transport', () => {
  expect(name(lookup.local('192.168.2.20', 5060))).toBe('caller');
  expect(name(lookup.local('192.168.2.20', 5061))).toBeUndefined();
  expect(name(lookup.local('192.168.10.10', 5061))).toBe('tls');
  expect(name(lookup.local('192.168.10.10', 5061, 'tcp'))).toBeUndefined();
  expect(name(lookup.local('192.168.10.10', 5060, 'tcp'))).toBe('callee');
  expect(name(lookup.local('2001:DB8:0::5', 5060))).toBe('callee');
});

test('L*: every address and name of the SBC, in every spelling', () => {
  const hosts = [
    '192.168.2.20',
    'sbc.com',
    'SBC.COM.',
    '[2001:db8::5]',
    '2001:db8:0::5',
    '::ffff:192.168.3.3',
  ];
  expect(hosts.filter((host) => !lookup.isLocalHost(host))).toEqual([]);
  const others = ['10.0.0.1', 'com', 'a.sbc.com', '', '[2001:db8::5'];
  expect(others.filter((host) => lookup.isLocalHost(host))).toEqual([]);
});

test('L(A): of this adjacency only, a shared name of both', () => {
  expect(lookup.ownedBy('192.168.2.20', CALLER)).toBe(true);
  expect(lookup.ownedBy('192.168.2.20', CALLEE)).toBe(false);
  expect([CALLER, CALLEE, TLS].map((one) => lookup.ownedBy('Sbc.com', one))).toEqual([true, true, false]);
  expect(lookup.ownedBy('10.0.0.1', CALLER)).toBe(false);
});

test('between: the narrowest range that has the peer, then the one without ranges', () => {
  expect(name(lookup.between('192.168.2.20', 5060, '10.9.9.9'))).toBe('caller');
  expect(name(lookup.between('192.168.2.20', 5060, '11.9.9.9'))).toBeUndefined();
  expect(name(lookup.between('192.168.10.10', 5060, '203.0.113.9'))).toBe('callee');
  expect(name(lookup.between('192.168.3.3', 5060, '10.1.2.3'))).toBe('shared-a');
  expect(name(lookup.between('192.168.3.3', 5060, '10.1.1.3'))).toBe('shared-b');
  expect(name(lookup.between('192.168.3.3', 5060, '10.2.0.1'))).toBe('shared-b');
  expect(name(lookup.between('192.168.3.3', 5060, '10.2.0.2'))).toBe('shared-rest');
  expect(name(lookup.between('192.168.3.3', 5060, '10.2.0.2', 'tcp'))).toBeUndefined();
  expect(name(lookup.between('192.168.9.9', 5060, '10.2.0.2'))).toBeUndefined();
  // The second time the answer is a kept one.
  expect(name(lookup.between('192.168.3.3', 5060, '10.1.1.3'))).toBe('shared-b');
  expect(name(lookup.between('192.168.9.9', 5060, '10.2.0.2'))).toBeUndefined();
});

test('more peers than are kept are answered all the same', () => {
  for (let i = 0; i < 10_000; i++) lookup.between('192.168.2.20', 5060, `10.3.${i >> 8}.${i & 255}`);
  expect(name(lookup.between('192.168.2.20', 5060, '10.3.0.0'))).toBe('caller');
});

test('a policy without adjacencies has none', () => {
  const none = new Adjacencies(EMPTY_POLICY);
  expect(none.local('192.168.2.20', 5060)).toBeUndefined();
  expect(none.isLocalHost('192.168.2.20')).toBe(false);
  expect(none.ownedBy('192.168.2.20', CALLER)).toBe(false);
});

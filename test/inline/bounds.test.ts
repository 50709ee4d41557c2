// What the wire could make large is not: counters, logs, the tables of peers and of connections.
import { expect, test } from 'vitest';
import type { Connection } from '../../src/inline/connection.ts';
import { Connections } from '../../src/inline/connections.ts';
import { Counters } from '../../src/inline/counters.ts';
import { LimitedLog } from '../../src/inline/log.ts';
import { endpointOf, PeerTable } from '../../src/inline/peer-table.ts';
import { RandomIdentifiers } from '../../src/inline/random-identifiers.ts';

test('labels of a counter beyond a hundred are counted as others', () => {
  const counters = new Counters();
  for (let i = 0; i < 250; i++) counters.add('refused', `why ${i}`);
  counters.add('refused', 'why 3');
  counters.add('refused', 'why 240');
  expect([counters.of('refused'), counters.labels('refused').length]).toEqual([252, 101]);
  expect([counters.of('refused', 'why 3'), counters.of('refused', 'other')]).toEqual([2, 151]);
  expect([counters.of('nothing'), counters.of('refused', 'why 249'), counters.labels('nothing')]).toEqual([
    0,
    0,
    [],
  ]);
});

test('lines of one code are limited between two ticks, and it is said how many were left out', () => {
  const lines: unknown[] = [];
  const log = new LimitedLog({ write: (...line) => lines.push(line) }, 2);
  for (let i = 0; i < 5; i++) log.write('info', 'a', { i });
  log.write('error', 'b');
  log.tick();
  log.write('info', 'a', { i: 9 });
  log.tick();
  expect(lines).toEqual([
    ['info', 'a', { i: 0 }],
    ['info', 'a', { i: 1 }],
    ['error', 'b', undefined],
    ['warn', 'inline/log-left-out', { of: 'a', count: 3 }],
    ['info', 'a', { i: 9 }],
  ]);
});

test('peers are the same objects while they are in use, and are forgotten in their order', () => {
  const peers = new PeerTable(endpointOf('192.0.2.1', 5060), 100);
  const busy = peers.flow('192.0.2.9', 5060);
  for (let i = 0; i < 1000; i++) {
    peers.flow('10.0.0.1', i);
    if (i % 20 === 0) expect(peers.flow('192.0.2.9', 5060)).toBe(busy);
  }
  expect(peers.size).toBeLessThanOrEqual(100);
  expect(peers.flow('::FFFF:192.0.2.7', 5061).remote).toEqual({
    ...{ ip: '192.0.2.7', port: 5061, text: '192.0.2.7:5061', version: 4 },
  });
  expect(peers.flow('2001:DB8:0:0::7', 5061).remote).toEqual({
    ...{ ip: '2001:db8::7', port: 5061, text: '[2001:db8::7]:5061', version: 6 },
  });
});

test('connections are found by number, by peer and by one alias, as long as they are open', () => {
  const connections = new Connections();
  const local = endpointOf('192.0.2.1', 5061);
  const connection = (number: number, port: number) => {
    const flow = {
      transport: 'tls' as const,
      local,
      remote: endpointOf('192.0.2.9', port),
      connection: number,
    };
    return { number, flow, isOpen: true } as unknown as Connection & { isOpen: boolean };
  };
  const [one, two] = [connection(1, 40_001), connection(2, 40_002)];
  connections.add(one);
  connections.add(two);
  const at = (port: number): number | undefined => connections.to('tls', local.ip, '192.0.2.9', port)?.number;
  connections.alias(one, 5061);
  expect([at(40_001), at(40_002), at(5061), at(5062), connections.ofSource('192.0.2.9')]).toEqual([
    ...[1, 2, 1, undefined, 2],
  ]);
  // The alias of a connection that is open is nobody else's; a new one takes the place of the old.
  connections.alias(two, 5061);
  connections.alias(one, 5062);
  expect([at(5061), at(5062)]).toEqual([undefined, 1]);
  connections.alias(two, 5061);
  Object.assign(one, { isOpen: false });
  expect([at(40_001), at(5062), at(5061)]).toEqual([undefined, undefined, 2]);
  for (const each of [one, two, two]) connections.remove(each);
  expect([at(40_002), at(5061), connections.size, connections.ofSource('192.0.2.9')]).toEqual([
    ...[undefined, undefined, 0, 0],
  ]);
});

test('identifiers have the form that they are asked for, and none comes twice', () => {
  const identifiers = new RandomIdentifiers();
  const forms = { branch: /^z9hG4bK[0-9a-f]{24}$/, tag: /^[0-9a-f]{16}$/, 'call-id': /^[0-9a-f]{32}$/ };
  for (const [kind, form] of Object.entries(forms)) {
    const ask = { kind: kind as 'tag', cause: null, adjacency: '' };
    const some = Array.from({ length: 2000 }, () => identifiers.next(ask));
    expect([some.filter((one) => !form.test(one)), new Set(some).size]).toEqual([[], 2000]);
  }
});

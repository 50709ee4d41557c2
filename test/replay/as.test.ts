import { expect, test } from 'vitest';
import type { Policy } from '../../src/policy/policy.ts';
import { parseAs, withAddresses } from '../../src/replay/as.ts';
import { readPolicy } from './read-recording.ts';

test('addresses of a capture as those of adjacencies', () => {
  expect(
    [
      'in=192.0.2.1',
      'b=[2001:db8::1]:5070',
      'x=sbc.example.com;transport=tls',
      '=192.0.2.1',
      'in',
      'in=',
    ].map(parseAs),
  ).toEqual([
    { adjacency: 'in', local: { host: '192.0.2.1', port: 5060, transport: null } },
    { adjacency: 'b', local: { host: '2001:db8::1', port: 5070, transport: null } },
    { adjacency: 'x', local: { host: 'sbc.example.com', port: 5061, transport: 'tls' } },
    ...[undefined, undefined, undefined],
  ]);
});

test('without a policy they are all there are, and one stands for the other side; with one they take the place of its own', () => {
  const all = [parseAs('caller_adj=192.0.2.9')!, parseAs('caller_adj=192.0.2.10:5070')!];
  expect([
    sides(withAddresses(null, all)),
    sides(withAddresses(readPolicy('samples/sbc-sides/privacy.yaml'), all)),
  ]).toEqual([
    ['caller_adj 192.0.2.9:5060 192.0.2.10:5070 peers: any', 'far side 192.0.2.2:5060 peers: any'],
    ['caller_adj 192.0.2.9:5060 192.0.2.10:5070 peers: any', 'callee_adj 127.0.0.30:5060 peers: 127.0.0.40'],
  ]);
});

function sides({ adjacencies }: Policy): string[] {
  return adjacencies.map(({ name, local, peers }) => {
    const addresses = local.map(({ host, port }) => `${host}:${port}`).join(' ');
    return `${name} ${addresses} peers: ${peers.map(({ text }) => text).join(' ') || 'any'}`;
  });
}

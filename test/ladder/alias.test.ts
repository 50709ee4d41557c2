import { expect, test } from 'vitest';
import { parseAddress } from '../../src/ladder/address.ts';
import { Aliases, parseAlias, parseHosts } from '../../src/ladder/alias.ts';

test('addresses are written as endpoints are', () => {
  const written = [
    '192.0.2.1',
    '192.0.2.1:5060',
    '192.000.002.001',
    '2001:DB8:0:0::1',
    '[2001:db8::1]:5061',
    '[::1]',
    '::1',
  ];
  expect(written.map(parseAddress)).toEqual([
    '192.0.2.1',
    '192.0.2.1:5060',
    '192.0.2.1',
    '2001:db8::1',
    '[2001:db8::1]:5061',
    '::1',
    '::1',
  ]);
  const wrong = [
    '',
    'host',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.1:99999',
    '192.0.2.1:',
    '[2001:db8::1',
    ':::',
    '1:2',
    '[::1]:65536',
  ];
  expect(wrong.map(parseAddress)).toEqual(wrong.map(() => null));
});

test('--alias', () => {
  expect(parseAlias('sbc=192.0.2.1,192.0.2.2:5060,[2001:db8::1]:5060')).toEqual({
    name: 'sbc',
    addresses: ['192.0.2.1', '192.0.2.2:5060', '[2001:db8::1]:5060'],
  });
  expect(parseAlias('a=b=10.0.0.1')).toEqual({ name: 'a=b', addresses: ['10.0.0.1'] });
  expect(parseAlias('192.0.2.1')).toEqual({ error: '"192.0.2.1" is not of the form name=address[,address]' });
  expect(parseAlias('sbc=')).toEqual({ error: '"" is not an address (ip, ip:port or [ipv6]:port)' });
  expect(parseAlias('sbc=10.0.0.1,bob')).toEqual({
    error: '"bob" is not an address (ip, ip:port or [ipv6]:port)',
  });
});

test('hosts files of three kinds', () => {
  const text = [
    '# boxes',
    '192.0.2.1 sbc.example.com sbc  # edge',
    'core 192.0.2.2 192.0.2.3:5080',
    'alias 192.0.2.4:5060 phone',
    '',
    'nonsense here',
    '192.0.2.9',
  ].join('\r\n');
  expect(parseHosts(text)).toEqual({
    aliases: [
      { name: 'sbc.example.com', addresses: ['192.0.2.1'], box: false },
      { name: 'core', addresses: ['192.0.2.2', '192.0.2.3:5080'], box: true },
      { name: 'phone', addresses: ['192.0.2.4:5060'], box: false },
    ],
    unread: [6, 7],
  });
});

test('the first name given stays, a port goes before its ip', () => {
  const aliases = new Aliases()
    .add({ name: 'sbc', addresses: ['192.0.2.1', '192.0.2.2'] })
    .add({ name: 'trunk', addresses: ['192.0.2.1:5080', '192.0.2.2'] })
    .addNames(
      new Map([
        ['192.0.2.2', 'other'],
        ['192.0.2.3', 'named'],
        ['junk', 'junk'],
      ]),
    );
  expect(aliases.resolve('192.0.2.1', 5060)).toEqual({ name: 'sbc', box: true });
  expect(aliases.resolve('192.0.2.1', 5080)).toEqual({ name: 'trunk', box: true });
  expect(aliases.resolve('192.0.2.2', 5060)).toEqual({ name: 'sbc', box: true });
  expect(aliases.resolve('192.0.2.3', 5060)).toEqual({ name: 'named', box: false });
  expect(aliases.resolve('192.0.2.4', 5060)).toBeUndefined();
});

// Text of a range → its usual spelling, and which hosts it has.
import { expect, test } from 'vitest';
import { anyHas, normalHost, parseRange } from '../../src/policy/address-range.ts';

test.each([
  ['10.0.0.0/8', '10.0.0.0/8', 4, 8],
  ['10.1.2.3/8', '10.0.0.0/8', 4, 8],
  ['192.0.2.1', '192.0.2.1', 4, 32],
  ['192.0.2.1/32', '192.0.2.1', 4, 32],
  ['0.0.0.0/0', '0.0.0.0/0', 4, 0],
  ['2001:DB8:0::/32', '2001:db8::/32', 6, 32],
  ['2001:db8::1', '2001:db8::1', 6, 128],
  ['fe80::1/10', 'fe80::/10', 6, 10],
  ['::/0', '::/0', 6, 0],
  ['::ffff:192.0.2.1', '192.0.2.1', 4, 32],
  ['PBX.Example.com.', 'pbx.example.com', 0, -1],
])('%s is %s', (text, spelled, version, bits) => {
  const range = parseRange(text)!;
  expect([range.text, range.version, range.bits]).toEqual([spelled, version, bits]);
  expect(JSON.stringify(range)).toBe(JSON.stringify(spelled));
});

test.each([
  '',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
  '10.0.0',
  '10.0.0.256',
  '010.0.0.1',
  '2001:db8::/129',
  '2001:db8:::1',
  'pbx.example.com/24',
  'two words',
  '[2001:db8::1]',
  '-pbx',
])('%j is no range', (text) => {
  expect(parseRange(text)).toBeUndefined();
});

test.each([
  [
    '10.0.0.0/8',
    ['10.0.0.0', '10.255.255.255', '::ffff:10.1.2.3'],
    ['11.0.0.0', '9.255.255.255', '::10.0.0.1', 'ten'],
  ],
  ['172.16.0.0/12', ['172.16.0.1', '172.31.255.255'], ['172.15.255.255', '172.32.0.0']],
  ['128.0.0.0/1', ['128.0.0.0', '255.255.255.255'], ['127.255.255.255']],
  ['0.0.0.0/0', ['0.0.0.0', '255.255.255.255'], ['::', 'any']],
  ['192.0.2.255', ['192.0.2.255'], ['192.0.2.254', '192.0.2.2555', '192.0.2.255 ']],
  ['fc00::/7', ['fc00::1', 'fdff:ffff::', 'FD00::1'], ['fe00::1', '10.0.0.1']],
  ['2001:db8:0:8000::/49', ['2001:db8:0:8000::1', '2001:db8:0:ffff::'], ['2001:db8:0:7fff::1']],
  ['::/0', ['::', 'ffff::'], ['0.0.0.0', '::ffff:1.2.3.4']],
  ['2001:db8::1', ['2001:db8::1', '2001:0db8:0:0::0001'], ['2001:db8::2', '[2001:db8::1]']],
  [
    'pbx.example.com',
    ['pbx.example.com', 'PBX.EXAMPLE.COM'],
    ['example.com', 'a.pbx.example.com', '10.0.0.1'],
  ],
])('%s has what is in it, and nothing else', (text, inside, outside) => {
  const range = parseRange(text)!;
  expect(inside.filter((host) => !range.has(host))).toEqual([]);
  expect(outside.filter((host) => range.has(host))).toEqual([]);
});

test('an IPv4 address is one in every range, or none in any', () => {
  const all = parseRange('0.0.0.0/0')!;
  const inside = ['0.0.0.0', '255.255.255.255', '1.20.255.0', '::ffff:1.2.3.4'];
  const outside = [
    '1.2.3',
    '1.2.3.',
    '.1.2.3',
    '1..2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.00',
    '1.2.3.a',
    '1.2.3.-4',
  ];
  expect([...inside, ...outside].filter((host) => all.has(host))).toEqual(inside);
});

test('any of several', () => {
  const ranges = [parseRange('10.0.0.0/8')!, parseRange('2001:db8::/32')!];
  expect(['10.1.1.1', '2001:db8::7', '192.0.2.1'].map((ip) => anyHas(ranges, ip))).toEqual([
    true,
    true,
    false,
  ]);
  expect(anyHas([], '10.1.1.1')).toBe(false);
});

test.each([
  ['SBC.Example.com.', 'sbc.example.com'],
  ['[2001:DB8::0:1]', '2001:db8::1'],
  ['2001:db8:0::1', '2001:db8::1'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['192.0.2.7', '192.0.2.7'],
  ['', ''],
])('the usual spelling of %j is %j', (host, normal) => {
  expect(normalHost(host)).toBe(normal);
});

// Pseudonyms of addresses: of the same kind, written with as many characters, one to one, alike where the addresses are alike.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AddressPseudonyms } from '../../src/anonymize/pseudonym/ip-pseudonym.ts';
import { groupPseudonym } from '../../src/anonymize/pseudonym/ipv6-kind.ts';
import { parseIpAddress } from '../../src/network/ip/ip-octets.ts';
import { ipv4Text, ipv6Text } from '../../src/network/ip/ip-text.ts';
import { KEY, OTHER_KEY } from './anonymized.ts';

const addresses = new AddressPseudonyms(KEY);

function pseudonym(text: string, of = addresses): string {
  const octets = parseIpAddress(text)!;
  const out = new Uint8Array(octets.length);
  if (octets.length === 4) of.ipv4(octets, 0, out, 0);
  else of.ipv6(octets, 0, out, 0);
  return octets.length === 4 ? ipv4Text(out, 0) : ipv6Text(out, 0);
}

function mac(text: string): string {
  const octets = Buffer.from(text.replaceAll(':', ''), 'hex');
  const out = Buffer.alloc(6);
  addresses.mac(octets, 0, out, 0);
  return out.toString('hex').replace(/..(?=.)/g, '$&:');
}

test.each([
  '0.0.0.0',
  '127.0.0.1',
  '127.200.3.4',
  '224.0.1.75',
  '239.1.2.3',
  '255.255.255.255',
  '::',
  '::1',
  'ff02::',
])('%s stays', (text) => {
  expect(pseudonym(text)).toBe(text);
});

test.each([
  ['10.1.22.133', /^10\.\d\.\d\d\.\d{3}$/],
  ['172.16.1.1', /^172\.(?:1[6-9]|2\d|3[01])\.\d\.\d$/],
  ['172.31.1.1', /^172\.(?:1[6-9]|2\d|3[01])\.\d\.\d$/],
  ['192.168.1.10', /^192\.168\.\d\.\d\d$/],
  ['100.64.1.1', /^100\.(?:6[4-9]|[789]\d)\.\d\.\d$/],
  ['100.101.1.1', /^100\.1(?:0\d|1\d|2[0-7])\.\d\.\d$/],
  ['169.254.9.9', /^169\.254\.\d\.\d$/],
  ['198.19.1.1', /^198\.1[89]\.\d\.\d$/],
  ['192.0.2.77', /^192\.0\.2\.\d\d$/],
  ['198.51.100.7', /^198\.51\.100\.\d$/],
  ['203.0.113.177', /^203\.0\.113\.\d{3}$/],
  ['fe80::1:2', /^fe80::[\da-f]:[\da-f]$/],
  ['fd12:3456::1', /^f[cd][\da-f]{2}:[\da-f]{4}::[\da-f]$/],
  ['2001:db8:0:1::42', /^2001:db8:0:[\da-f]::[\da-f]{2}$/],
  ['2003:e5:c700::1', /^[23][\da-f]{3}:[\da-f]{2}:[\da-f]{4}::[\da-f]$/],
  ['ff02::1:3', /^ff02::[\da-f]:[\da-f]$/],
])('%s stays of its kind', (text, kind) => {
  for (const key of [KEY, OTHER_KEY, Buffer.alloc(32, 9), Buffer.alloc(32, 10)]) {
    expect(pseudonym(text, new AddressPseudonyms(key))).toMatch(kind);
  }
});

test('an IPv4 address within IPv6 is what it is by itself', () => {
  expect(pseudonym('::ffff:192.0.2.33')).toBe(`::ffff:${pseudonym('192.0.2.33')}`);
  const [one, two, three, four] = pseudonym('192.0.2.33').split('.').map(Number);
  const tail = [(one << 8) | two, (three << 8) | four].map((group) => group.toString(16)).join(':');
  expect(pseudonym('64:ff9b::c000:221')).toBe(`64:ff9b::${tail}`);
});

describe('any IPv4 address', () => {
  const ANY = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((octets) => octets.join('.'));

  test('keeps its length, is special where it was, and agrees with its neighbours', () => {
    fc.assert(
      fc.property(ANY, fc.nat(255), (text, last) => {
        const made = pseudonym(text);
        const widths = (address: string) => address.replace(/\d/g, '0');
        expect(widths(made)).toBe(widths(text));
        expect(special(made)).toBe(special(text));
        const neighbour = text.replace(/\d+$/, String(last));
        expect(/^.*\./.exec(pseudonym(neighbour))![0]).toBe(/^.*\./.exec(made)![0]);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['%', '100.%', '172.%', '192.%', '198.%', '203.%', '8.8.8.%', '192.0.%', '198.51.%'])(
    '%s: one to one',
    (pattern) => {
      const made = new Set<string>();
      for (let octet = 0; octet < 256; octet++) {
        const text = pattern.replace('%', String(octet));
        made.add(pseudonym([...text.split('.'), '9', '9', '9'].slice(0, 4).join('.')));
      }
      expect(made.size).toBe(256);
    },
  );

  /** Private, shared, link-local, for benchmarks, for documentation, or one that stays. */
  function special(text: string): string {
    return (
      /^(?:10|0|127|22[4-9]|2[345]\d)\.|^172\.(?:1[6-9]|2\d|3[01])\.|^192\.168\.|^100\.(?:6[4-9]|[789]\d|1[01]\d|12[0-7])\.|^169\.254\.|^198\.1[89]\.|^192\.0\.[02]\.|^198\.51\.100\.|^203\.0\.113\./
        .exec(text)?.[0]
        .replace(/^(172|100|198)\.\d+\.$/, '$1') ?? ''
    );
  }
});

describe('any IPv6 address', () => {
  const GROUP = fc.oneof(fc.constant(0), fc.nat(15), fc.nat(255), fc.nat(4095), fc.nat(65535));
  const ANY = fc
    .array(GROUP, { minLength: 8, maxLength: 8 })
    .map((groups) => groups.map((group) => group.toString(16)).join(':'));

  test('keeps its length and where its zeros are', () => {
    const shape = (address: string) =>
      address.replace(/[1-9a-f][\da-f]*/g, (group) => '1'.repeat(group.length));
    fc.assert(
      fc.property(ANY, (text) => {
        const canonical = ipv6Text(parseIpAddress(text)!, 0);
        if (!canonical.includes('.')) expect(shape(pseudonym(canonical))).toBe(shape(canonical));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['any first group', [0], 0],
    ['behind 2001', [0x2001], 1],
    ['behind 64', [0x64], 1],
    ['the last', [], 7],
    ['before an IPv4 address', [], 5],
    ['behind 2001:db8', [0x2001, 0xdb8], 2],
  ])('%s: one to one', (_, first, index) => {
    const groups = [...first, ...Array(8 - first.length).fill(0)];
    for (const by of [1, 77, 0xffff_ffff]) {
      const made = new Set<number>();
      for (let group = 0; group < 65536; group++)
        made.add(groupPseudonym(groups.with(index, group), index, by));
      expect(made.size).toBe(65536);
    }
  });

  test('of one network to one network', () => {
    const one = pseudonym('2003:e5:c700:1234::1').split(':');
    expect(pseudonym('2003:e5:c700:9999::7').split(':').slice(0, 3)).toEqual(one.slice(0, 3));
  });
});

test('MAC addresses: the kind stays, and those that are nobody’s', () => {
  expect(mac('ff:ff:ff:ff:ff:ff')).toBe('ff:ff:ff:ff:ff:ff');
  expect(mac('00:00:00:00:00:00')).toBe('00:00:00:00:00:00');
  expect(mac('01:00:5e:00:01:02')).toBe('01:00:5e:00:01:02');
  const one = mac('00:15:65:ab:cd:ef');
  expect(Number.parseInt(one.slice(0, 2), 16) & 3).toBe(0);
  expect(mac('00:15:65:ab:cd:ee').slice(0, 16)).toBe(one.slice(0, 16));
  expect(Number.parseInt(mac('02:15:65:ab:cd:ef').slice(0, 2), 16) & 3).toBe(2);
});

test('what was no address when it was first met is none later', () => {
  const met = new AddressPseudonyms(KEY);
  const octets = Uint8Array.of(192, 0, 2, 1);
  expect(met.metIpv4(0xc0000201)).toBe(undefined);
  met.ipv4(octets, 0, octets, 0);
  expect(met.metIpv4(0xc0000201)).toBe(undefined);
  const others = Uint8Array.of(192, 0, 2, 2);
  met.ipv4(others, 0, others, 0);
  expect(met.metIpv4(0xc0000202)).toBe(((192 << 24) | (2 << 8) | others[3]) >>> 0);
});

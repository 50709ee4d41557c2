// Ranges against Node's own BlockList, which knows networks too.
import { BlockList, isIPv4 } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyHas, parseRange } from '../../src/policy/address-range.ts';

const V4 = fc.tuple(fc.ipV4(), fc.nat(32));
const V6 = fc.tuple(fc.ipV6(), fc.nat(128));
// Addresses near the network, so that its edges are met.
const NEAR = fc.tuple(fc.ipV4(), fc.nat(255)).map(([ip, last]) => ip.replace(/\d+$/, String(last)));

test('IPv4 and IPv6 networks have what a BlockList has', () => {
  fc.assert(
    fc.property(
      fc.oneof(V4, V6),
      fc.oneof(fc.ipV4(), fc.ipV6(), NEAR),
      fc.boolean(),
      ([ip, bits], other, same) => {
        const list = new BlockList();
        list.addSubnet(ip, bits, isIPv4(ip) ? 'ipv4' : 'ipv6');
        const range = parseRange(`${ip}/${bits}`)!;
        const asked = same ? ip : other;
        // A BlockList takes an IPv4-mapped address for IPv4, as a range does, but not a network of such addresses.
        fc.pre(!/^[0:]*ffff:/i.test(asked) && range.version === (isIPv4(ip) ? 4 : 6));
        const expected = list.check(asked, isIPv4(asked) ? 'ipv4' : 'ipv6') && isIPv4(asked) === isIPv4(ip);
        return range.has(asked) === expected && anyHas([range], asked) === expected;
      },
    ),
    { numRuns: 3000 },
  );
});

test('a range is spelled so that it parses to itself', () => {
  fc.assert(
    fc.property(fc.oneof(V4, V6), ([ip, bits]) => {
      const range = parseRange(`${ip}/${bits}`)!;
      expect(parseRange(range.text)).toEqual(range);
    }),
  );
});

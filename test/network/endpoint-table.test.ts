// Interned transport addresses, and their text.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/capture/diagnostic.ts';
import { EndpointTable } from '../../src/network/endpoint-table.ts';
import { ipv6Text } from '../../src/network/ip/ip-text.ts';
import { hex, u32 } from './octets.ts';

test('the same address and port is the same object', () => {
  const table = new EndpointTable();
  const octets = hex('20010db8000000000000000000000001 c0000201');
  const four = table.v4(0xc0000201 | 0, 5060);
  const six = table.v6(octets, 0, 5060);
  expect([four, six]).toEqual([
    { ip: '192.0.2.1', port: 5060, text: '192.0.2.1:5060', version: 4, speaksSip: false, number: -1 },
    { ip: '2001:db8::1', port: 5060, text: '[2001:db8::1]:5060', version: 6, speaksSip: false, number: -1 },
  ]);
  expect(table.v4(0xc0000201, 5060)).toBe(four);
  expect(table.at(4, octets, 16, 5060)).toBe(four);
  expect(table.at(6, octets, 0, 5060)).toBe(six);
  expect(table.v4(0xc0000201, 5061)).not.toBe(four);
  expect(table.known(4, octets, 16, 5060)).toBe(four);
  expect(table.known(6, octets, 0, 5061)).toBeNull();
  expect(table.known(6, octets, 0, 5060)).toBe(six);
});

test('an IPv4 address is not the IPv6 address of the same octets', () => {
  const table = new EndpointTable();
  const octets = hex('000000000000000000000000c0000201');
  expect([table.v4(0xc0000201, 1).text, table.v6(octets, 0, 1).text]).toEqual([
    '192.0.2.1:1',
    '[::c000:201]:1',
  ]);
});

test('beyond its capacity the longest unused are forgotten, and it is said once', () => {
  const said: Diagnostic[] = [];
  const table = new EndpointTable((diagnostic) => said.push(diagnostic), 8);
  const busy = table.v4(1, 1);
  const idle = table.v4(2, 1);
  for (let i = 10; i < 40; i++) {
    table.v4(i, 1);
    expect(table.v4(1, 1)).toBe(busy);
  }
  expect(table.v4(2, 1)).not.toBe(idle);
  expect(said.map(({ code, severity }) => [code, severity])).toEqual([
    ['network/endpoints-evicted', 'warning'],
  ]);
});

test('any address is found again', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer(), fc.nat(65_535)), { maxLength: 50 }), (list) => {
      const table = new EndpointTable();
      const first = list.map(([ip, port]) => table.v4(ip, port));
      expect(first.map(({ text }) => text)).toEqual(list.map(([ip, port]) => `${u32(ip).join('.')}:${port}`));
      list.forEach(([ip, port], i) => {
        expect(table.v4(ip, port)).toBe(first[i]);
      });
    }),
  );
});

test.each([
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000000000001', '::1'],
  ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
  ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
  ['20010000000000010000000000000001', '2001:0:0:1::1'],
  ['fe800000000000000000000000000000', 'fe80::'],
  ['00000000000000000000ffffc0000201', '::ffff:192.0.2.1'],
])('%s is %s (RFC 5952)', (octets, text) => {
  expect(ipv6Text(hex(octets), 0)).toBe(text);
});

test('IPv6 text agrees with the WHATWG URL serializer', () => {
  const octet = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(octet, { minLength: 16, maxLength: 16 }), (octets) => {
      const text = ipv6Text(Uint8Array.from(octets), 0);
      if (!text.includes('.')) expect(new URL(`http://[${text}]/`).hostname).toBe(`[${text}]`);
    }),
  );
});

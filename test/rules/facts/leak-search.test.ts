// In which spellings an address, a host, a user and a device are found, and in which they are not (rules.md §14).
import { expect, test } from 'vitest';
import { LeakSearch } from '../../../src/rules/facts/leak-search.ts';
import type { LeakKind, LeakToken } from '../../../src/rules/facts/leak-token.ts';
import type { MessageFacts } from '../../../src/rules/facts/message-facts.ts';

const NOWHERE = {} as MessageFacts;
const TOKENS: readonly LeakToken[] = (
  [
    ['address', '10.1.3.33'],
    ['address', '2001:db8::a:1'],
    ['host', 'pbx.example.net'],
    ['user', 'caroline'],
    ['number', '4930123456'],
    ['device', '00000000-0000-1000-8000-aabbccddeeff'],
  ] as readonly (readonly [LeakKind, string])[]
).map(([kind, text]) => ({ kind, text, message: NOWHERE }));
const search = new LeakSearch(TOKENS);

function forms(text: string): string[] {
  return search.find(text).map(({ token, form }) => `${token.text} ${form}`);
}

test.each([
  ['77@10.1.3.33', '10.1.3.33 plain'],
  ['10.1.3.33:5060', '10.1.3.33 plain'],
  ['at 10.1.3.33.', '10.1.3.33 plain'],
  ['010.001.003.033', '10.1.3.33 plain'],
  ['10-1-3-33.dsl.example.org', '10.1.3.33 dashed'],
  ['host_10_1_3_33', '10.1.3.33 dashed'],
  ['10%2E1%2e3%2E33', '10.1.3.33 percent'],
  ['0A010321', '10.1.3.33 hexadecimal'],
  ['0x0a010321', '10.1.3.33 hexadecimal'],
  ['0a:01:03:21', '10.1.3.33 hexadecimal'],
  ['167838497', '10.1.3.33 decimal'],
  ['010001003033', '10.1.3.33 decimal'],
  ['33.3.1.10.in-addr.arpa', '10.1.3.33 reversed'],
  ['MTAuMS4zLjMzOjUwNjA=', '10.1.3.33 base64'],
  ['xMTAuMS4zLjMzOjUwNjA=', '10.1.3.33 base64'],
  ['31302e312e332e3333', '10.1.3.33 hexadecimal'],
  ['[::ffff:10.1.3.33]', '10.1.3.33 plain'],
  ['[::ffff:a01:321]', '10.1.3.33 plain'],
  ['[2001:DB8:0:0:0:0:A:1]', '2001:db8::a:1 plain'],
  ['2001:0db8:0000:0000:0000:0000:000a:0001', '2001:db8::a:1 plain'],
  ['2001-db8--a-1.ipv6-literal.net', '2001:db8::a:1 dashed'],
  ['20010db80000000000000000000a0001', '2001:db8::a:1 hexadecimal'],
  ['sip:PBX.Example.NET;lr', 'pbx.example.net plain'],
  ['sip:Caroline@sbc.example', 'caroline plain'],
  ['sip:carol%69ne@sbc.example', 'caroline percent'],
  ['+4930123456', '4930123456 plain'],
  ['urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF', '00000000-0000-1000-8000-aabbccddeeff plain'],
])('%s', (text, form) => {
  expect(forms(text)).toEqual([form]);
});

test.each([
  '110.1.3.33',
  '10.1.3.330',
  '10.1.3.33.4',
  '4.10.1.3.33',
  'ff0a010321ff',
  '1167838497',
  'my-pbx.example.net.evil.example',
  'xpbx.example.net',
  'caroline2',
  '494930123456',
  'a1-10-1-3-33-4',
  '',
])('%s has none', (text) => {
  expect(forms(text)).toEqual([]);
});

test('long and hostile texts take no time worth telling', () => {
  for (const unit of ['%', 'a', ':', '1.', 'A==', '0a', '2001:', '-', '[::']) {
    expect(forms(unit.repeat(65_536 / unit.length))).toEqual([]);
  }
});

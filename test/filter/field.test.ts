import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Facts, type Value } from '../../src/filter/field.ts';
import { extensionHeaderField } from '../../src/filter/field-header.ts';
import { FIELDS, findField, suggestField } from '../../src/filter/field-registry.ts';
import { HEADERS } from '../../src/sip/header/header-names.ts';
import { messageOf } from '../../src/sip/parse.ts';
import { call, info } from './messages.ts';

test('every field is found by its name in any case, once', () => {
  for (const field of FIELDS) expect(findField(field.name.toUpperCase())).toBe(field);
  expect(new Set(FIELDS.map(({ name }) => name.toLowerCase())).size).toBe(FIELDS.length);
  expect(FIELDS.filter(({ about }) => about === '')).toEqual([]);
});

test.each([
  ['sip.SIP-ETag', 'sip.ETag'],
  ['sip.User-to-User', 'sip.uui'],
  ['sip.Referred-By', 'sip.Referred-by'],
  ['sip.X-CID', 'sip.X-CID'],
  ['sip.p-own', 'sip.p-own'],
  ['sip.header.Anything', 'sip.header.Anything'],
  ['sip.Anything', undefined],
  ['x-cid', undefined],
])('%s is the field %s', (name, field) => {
  expect(findField(name)?.name).toBe(field);
});

test.each([
  ['sip.methd', 'sip.Method'],
  ['sip.statuscode', 'sip.Status-Code'],
  ['sip.from.usr', 'sip.from.user'],
  ['ip.adr', 'ip.addr'],
  ['call.stat', 'call.state'],
  ['completely.different', undefined],
])('%s suggests %s', (name, suggestion) => {
  expect(suggestField(name)).toBe(suggestion);
});

test('reading any field of any message never throws, and gives values of its type', () => {
  const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom(...VALUES));
  const header = fc
    .tuple(fc.constantFrom(...HEADERS.slice(1).map(({ name }) => name)), value)
    .map((pair) => pair.join(': '));
  const start = fc.constantFrom('INVITE sip:a@b;x=1 SIP/2.0', 'SIP/2.0 200 OK', 'X : SIP/2.0', 'SIP/2.0 999');
  const body = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.constant('v=0\r\nm=\r\na=candidate:1\r\na=crypto:\r\nm=audio x\r\n'),
  );
  fc.assert(
    fc.property(start, fc.array(header, { maxLength: 12 }), body, (line, headers, text) => {
      const message = messageOf(
        Buffer.from([line, ...headers, 'Content-Type: application/sdp', '', text].join('\r\n')),
      );
      const facts = new Facts();
      facts.set(null, message, info({ delay: 1 }), call());
      for (const field of [...FIELDS, extensionHeaderField('sip.X-a')!]) {
        const out: Value[] = [];
        field.read(facts, out);
        for (const one of out) expect(typeof one).toBe(TYPES[field.type]);
      }
    }),
    { numRuns: 60 },
  );
});

const TYPES = {
  text: 'string',
  number: 'number',
  boolean: 'boolean',
  address: 'string',
  time: 'bigint',
  duration: 'number',
  uuid: 'string',
  presence: 'boolean',
} as const;

const VALUES = [
  '',
  ',',
  '"',
  '<',
  '<sip:',
  'sip:[::',
  ';;=',
  '1 2 INVITE',
  'Digest realm="',
  'Q.850;cause=',
  '*',
  '%',
  'SIP/2.0/UDP',
];

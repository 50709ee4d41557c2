import { expect, it } from 'vitest';
import { parseIdentity } from '../../src/sip/header/identity.ts';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEADER = { alg: 'ES256', ppt: 'shaken', typ: 'passport', x5u: 'https://cert.example.org/a.cer' };
const PAYLOAD = { attest: 'A', dest: { tn: ['12155551213'] }, iat: 1443208345, orig: { tn: '12155551212' } };

it('decodes a full PASSporT', () => {
  const token = `${encode(HEADER)}.${encode(PAYLOAD)}.c2ln`;
  const identity = parseIdentity(`${token};info=<https://cert.example.org/a.cer>;alg=ES256;ppt="shaken"`);
  const { params: _, ...rest } = identity;
  expect(rest).toEqual({
    token,
    compact: false,
    header: HEADER,
    payload: PAYLOAD,
    info: 'https://cert.example.org/a.cer',
    alg: 'ES256',
    ppt: 'shaken',
  });
});

it.each([
  ['..c2ln;info=<https://a>', true],
  ['not-a-token;info=<https://a>', false],
  ['!!.@@.##', false],
  [`${encode([1])}.${encode('x')}.s`, false],
  ['e30.e30', false],
  ['', false],
])('%s has nothing to decode', (value, compact) => {
  const identity = parseIdentity(value);
  expect([identity.compact, identity.header, identity.payload]).toEqual([compact, undefined, undefined]);
});

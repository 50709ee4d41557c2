import { describe, expect, it } from 'vitest';
import {
  parseAuthenticationInfo,
  parseCredentials,
  redactCredentials,
} from '../../src/sip/header/credentials.ts';

const DIGEST =
  'Digest username="bob", realm="biloxi.com, inc", qop=auth,\tnc=00000001, response="6629fae49393a05397450978507c4ef1"';

it('reads a scheme and its parameters', () => {
  const { scheme, params, token } = parseCredentials(DIGEST);
  expect([scheme, token, params.malformed]).toEqual(['Digest', '', false]);
  expect(params.list).toEqual([
    { name: 'username', value: 'bob' },
    { name: 'realm', value: 'biloxi.com, inc' },
    { name: 'qop', value: 'auth' },
    { name: 'nc', value: '00000001' },
    { name: 'response', value: '6629fae49393a05397450978507c4ef1' },
  ]);
});

it.each([
  ['Basic dXNlcjpwYXNz', 'Basic', 'dXNlcjpwYXNz'],
  ['Bearer abc.def==', 'Bearer', 'abc.def=='],
  ['Digest', 'Digest', ''],
  ['', '', ''],
])('%s', (value, scheme, token) => {
  expect([parseCredentials(value).scheme, parseCredentials(value).token]).toEqual([scheme, token]);
});

it('has Authentication-Info without a scheme', () => {
  expect(parseAuthenticationInfo('nextnonce="47364c23", rspauth=1').get('NextNonce')).toBe('47364c23');
});

describe('redaction', () => {
  it.each([
    [DIGEST, 'Digest username="bob", realm="biloxi.com, inc", qop="auth", nc="00000001", response="***"'],
    ['Bearer abc', 'Bearer ***'],
    ['Digest realm="a"', 'Digest realm="a"'],
  ])('%s', (value, shown) => {
    expect(redactCredentials(value)).toBe(shown);
  });
});

import { expect, it } from 'vitest';
import { parseMediaType } from '../../src/sip/body/media-type.ts';

it.each([
  ['application/sdp', 'application/sdp', true],
  ['Application / SDP ; x=1', 'application/sdp', true],
  ['multipart/mixed;boundary="a b;c"', 'multipart/mixed', true],
  ['application/reginfo+xml', 'application/reginfo+xml', true],
  ['sdp', 'sdp', false],
  ['/', '/', false],
  ['', '', false],
])('%s', (text, name, valid) => {
  expect([parseMediaType(text).name, parseMediaType(text).valid]).toEqual([name, valid]);
});

it('unquotes its parameters', () => {
  expect(parseMediaType('multipart/mixed;boundary="a b;c"').params.get('Boundary')).toBe('a b;c');
});

import { expect, it } from 'vitest';
import { parseRAck } from '../../src/sip/header/rack.ts';

it.each([
  ['776656 1 INVITE', { rseq: 776656, cseq: 1, method: 'INVITE' }],
  ['1   2\tX', { rseq: 1, cseq: 2, method: 'X' }],
  ['1 INVITE', undefined],
  ['a 1 INVITE', undefined],
  ['', undefined],
])('%s', (value, expected) => {
  expect(parseRAck(value)).toEqual(expected);
});

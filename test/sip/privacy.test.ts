import { expect, it } from 'vitest';
import { parsePrivacy } from '../../src/sip/header/privacy.ts';

it.each([
  ['id', ['id']],
  ['Header; user ;critical', ['header', 'user', 'critical']],
  ['', []],
])('%s', (value, expected) => {
  expect(parsePrivacy(value)).toEqual(expected);
});

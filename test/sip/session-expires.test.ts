import { expect, it } from 'vitest';
import { parseSessionExpires } from '../../src/sip/header/session-expires.ts';

it.each([
  ['4000;refresher=UAC', [4000, 'uac']],
  ['90', [90, '']],
  ['soon;refresher=uas', [undefined, 'uas']],
])('%s', (value, expected) => {
  const { seconds, refresher } = parseSessionExpires(value);
  expect([seconds, refresher]).toEqual(expected);
});

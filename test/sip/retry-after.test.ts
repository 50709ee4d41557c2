import { expect, it } from 'vitest';
import { parseRetryAfter } from '../../src/sip/header/retry-after.ts';

it.each([
  ['18000;duration=3600', [18000, '', 3600]],
  ["120 (I'm in a meeting; (really) \\) )", [120, "I'm in a meeting; (really) ) ", undefined]],
  ['120 (a;b) ;duration=60', [120, 'a;b', 60]],
  ['120 (open', [undefined, '', undefined]],
  ['later', [undefined, '', undefined]],
])('%s', (value, expected) => {
  const { seconds, comment, duration } = parseRetryAfter(value);
  expect([seconds, comment, duration]).toEqual(expected);
});

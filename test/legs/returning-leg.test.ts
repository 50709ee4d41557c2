import { expect, test } from 'vitest';
import type { CallEvent } from '../../src/dialog/call.ts';
import { splitReturning } from '../../src/legs/returning-leg.ts';

test('responses whose requests were not captured stay in one leg', () => {
  const message = { isRequest: false, fromTag: 'a' };
  const events = [
    { transaction: 0, upstream: -1, message },
    { transaction: 1, upstream: 0, message },
  ] as unknown as CallEvent[];
  expect(splitReturning(events)).toEqual([events]);
});

import { expect, it } from 'vitest';
import { parseEvent, parseSubscriptionState } from '../../src/sip/header/event.ts';

it('reads Event', () => {
  const { package: name, id, params } = parseEvent('presence.winfo ;ID=42;x');
  expect([name, id, params.has('x')]).toEqual(['presence.winfo', '42', true]);
  expect(parseEvent('refer').id).toBe('');
});

it('reads Subscription-State', () => {
  const { state, reason, expires, retryAfter } = parseSubscriptionState(
    'Terminated;reason=Timeout;retry-after=60',
  );
  expect([state, reason, expires, retryAfter]).toEqual(['terminated', 'timeout', undefined, 60]);
  expect(parseSubscriptionState('active;expires=600').expires).toBe(600);
});

import { expect, it } from 'vitest';
import { parseReason } from '../../src/sip/header/reason.ts';

it.each([
  ['SIP ;cause=200 ;text="Call completed elsewhere"', ['SIP', 200, 'Call completed elsewhere']],
  ['Q.850;cause=16;text="Terminated"', ['Q.850', 16, 'Terminated']],
  ['preemption', ['preemption', undefined, '']],
  ['SIP;cause=x', ['SIP', undefined, '']],
])('%s', (value, expected) => {
  const { protocol, cause, text } = parseReason(value);
  expect([protocol, cause, text]).toEqual(expected);
});

import { expect, test } from 'vitest';
import { fingerprint, sameText } from '../../src/audit/fingerprint.ts';
import { finding } from './finding.ts';

test.each([
  ['INVITE has no Max-Forwards', 'INVITE has no Max-Forwards'],
  ['no ACK within 32000 ms', 'no ACK within # ms'],
  ['no ACK within 500 ms', 'no ACK within # ms'],
  ['486 instead of 488', '486 instead of 488'],
  ['192.0.2.10 is shown to 198.51.100.7:5061', '#.#.#.# is shown to #.#.#.#:#'],
  ['branch z9hG4bK-a1.77 is used again', 'branch ~ is used again'],
  ['Call-ID 3848276298220188511@192.0.2.4 changed', 'Call-ID @ changed'],
  ['tag 8f3a77c1d2 and defaced', 'tag ~ and defaced'],
  ['line=sr-H46V93NWGW0VP37D.AEobz* has no lr', 'line=~ has no lr'],
  ['<urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6>', '<urn:uuid:~>'],
])('%s', (text, expected) => {
  expect(sameText(text)).toBe(expected);
});

test('frames, times and the port of the peer make no difference; rule, key, text and ip do', () => {
  const one = fingerprint(finding());
  expect(one).toMatch(/^[\da-f]{16}$/);
  expect(fingerprint(finding({ frames: [7], time: '', peer: '192.0.2.10:49152', count: 9 }))).toBe(one);
  const others = [
    finding({ rule: 'message/other' }),
    finding({ key: 'other' }),
    finding({ message: 'BYE has no Max-Forwards' }),
    finding({ peer: '192.0.2.11:5060' }),
  ].map(fingerprint);
  expect(new Set([one, ...others]).size).toBe(5);
});

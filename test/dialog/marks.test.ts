// Marks written to words and taken again are the same marks.
import { expect, test } from 'vitest';
import { MARK_WORDS, MessageMarks } from '../../src/dialog/marks.ts';
import { request } from '../sip/request.ts';

test.each([
  ['all of them', {}],
  ['another branch', { Via: 'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKother' }],
  ['no cookie', { Via: 'Via: SIP/2.0/UDP 192.0.2.1;branch=1' }],
  ['no tags and no Call-ID', { From: 'X: 1', To: 'To: <sip:b@h>', 'Call-ID': 'Y: 2' }],
  ['no Via', { Via: 'X: 1', To: 'To: <sip:b@h>;tag=b' }],
])('%s', (_, replace) => {
  const marks = new MessageMarks().read(request({ replace }));
  const words = new Int32Array(2 * MARK_WORDS);
  const taken = new MessageMarks();
  expect(marks.write(words, 5)).toBe(5 + MARK_WORDS);
  expect(taken.take(words, 5)).toBe(5 + MARK_WORDS);
  expect(taken).toEqual(marks);
});

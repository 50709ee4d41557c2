import { expect, it } from 'vitest';
import { parseDialogReference, parseEscapedDialogReference } from '../../src/sip/header/replaces.ts';

it.each([
  [
    '98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff',
    ['98732@sip.example.com', 'ff87ff', 'r33th4x0r', false],
  ],
  ['87134@171.161.34.23 ;to-tag=24796;from-tag=0;early-only', ['87134@171.161.34.23', '24796', '0', true]],
  ['fa77as7dad8@host;local-tag=zz;remote-tag=yy', ['fa77as7dad8@host', 'zz', 'yy', false]],
])('%s', (value, expected) => {
  const { callId, toTag, fromTag, earlyOnly } = parseDialogReference(value);
  expect([callId, toTag, fromTag, earlyOnly]).toEqual(expected);
});

it('reads the form that stands in a Refer-To', () => {
  const { callId, toTag, fromTag } = parseEscapedDialogReference('a%40b%3Bto-tag%3Dt%3Bfrom-tag%3Df');
  expect([callId, toTag, fromTag]).toEqual(['a@b', 't', 'f']);
});

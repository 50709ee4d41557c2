import { describe, expect, it } from 'vitest';
import { parseSipDate } from '../../src/sip/header/sip-date.ts';

it('reads a date', () => {
  expect(parseSipDate('Sat, 13 Nov 2010 23:29:00 GMT')).toBe(Date.UTC(2010, 10, 13, 23, 29) / 1000);
});

describe('is no SIP-date', () => {
  it.each([
    'Fri, 01 Jan 2010 16:00:00 EST',
    'Fri, 01 Jan 2010 16:00:00 UTC',
    'Sun, 13 Nov 2010 23:29:00 GMT',
    'Sat, 31 Feb 2010 23:29:00 GMT',
    'Sat, 13 Nov 2010 25:29:00 GMT',
    'Sat, 13 Foo 2010 23:29:00 GMT',
    '2010-11-13T23:29:00Z',
    'Fri, 06 Jan 2006 5:35:10 GMT',
    '',
  ])('%s', (text) => {
    expect(parseSipDate(text)).toBeUndefined();
  });
});

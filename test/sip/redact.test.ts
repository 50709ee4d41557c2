import { expect, it } from 'vitest';
import { redactMessage, secretRanges } from '../../src/sip/redact.ts';
import { request } from './request.ts';

function redacted(lines: string[], uri = 'sip:bob@example.com'): string {
  return redactMessage(request({ lines, uri })).toString('latin1');
}

it.each([
  [
    'Authorization: Digest username="bob", response="0123", nonce="n"',
    'Authorization: Digest username="bob", response=******, nonce="n"',
  ],
  [
    'Proxy-Authorization: Digest response = abc,\r\n x=y',
    'Proxy-Authorization: Digest response = ***,\r\n x=y',
  ],
  [
    'Authorization: Digest response=&quot;0123&quot;, qop=auth',
    'Authorization: Digest response=****************, qop=auth',
  ],
  ['Authorization: Basic dXNlcg==', 'Authorization: Basic ********'],
  ['Authentication-Info: rspauth="ab", nextnonce="c"', 'Authentication-Info: rspauth=****, nextnonce="c"'],
  ['Contact: <sip:bob:secret@example.com>', 'Contact: <sip:bob:******@example.com>'],
  ['Contact: <sip:bob@example.com:5060>, <sip:x:y@z>', 'Contact: <sip:bob@example.com:5060>, <sip:x:*@z>'],
  ['Subject: response="public"', 'Subject: response="public"'],
])('%s', (line, expected) => {
  expect(redacted([line])).toContain(`\r\n${expected}\r\n`);
});

it('covers the Request-URI, and gives ranges in order', () => {
  expect(
    redacted([], 'sip:bob:pw@example.com').startsWith('OPTIONS sip:bob:**@example.com SIP/2.0\r\n'),
  ).toBe(true);
  const message = request({ uri: 'sip:b:pw@e.com', lines: ['Authorization: Digest response=1, auts=2'] });
  const shown = secretRanges(message).map(({ start, end }) => message.data.toString('latin1', start, end));
  expect(shown).toEqual(['pw', '1', '2']);
});

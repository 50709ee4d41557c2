// The URIs of From and To as lists of calls show them.
import { expect, test } from 'vitest';
import { Payload } from '../../src/network/payload.ts';
import { parseMessage } from '../../src/sip/parse.ts';
import { endpoint, playMessages } from './scenario.ts';

test.each([
  ['<sip:alice@example.com;transport=udp>;tag=1', 'sip:alice@example.com'],
  ['"A <b> c" <sip:alice@example.com;user=phone?Subject=x>', 'sip:alice@example.com'],
  ['<sip:+1;phone-context=x@example.com;user=phone>', 'sip:+1;phone-context=x@example.com'],
  ['<sips:a?b@[2001:db8::1]:5061;lr>', 'sips:a?b@[2001:db8::1]:5061'],
  ['<sip:example.com;lr>', 'sip:example.com'],
  ['sip:alice@example.com;tag=1', 'sip:alice@example.com'],
  ['<tel:7042;phone-context=example.com>;tag=1', 'tel:7042;phone-context=example.com'],
])('%s', (value, uri) => {
  const payload = new Payload();
  payload.data = Buffer.from(`OPTIONS sip:b@example.com SIP/2.0\r\nFrom: ${value}\r\nCall-ID: c\r\n\r\n`);
  payload.end = payload.data.length;
  payload.src = endpoint('A');
  payload.dst = endpoint('B');
  expect(playMessages([parseMessage(payload)!]).calls[0].from).toBe(uri);
});

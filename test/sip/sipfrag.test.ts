import { expect, it } from 'vitest';
import { parseSipfrag } from '../../src/sip/body/sipfrag.ts';
import { HEADER } from '../../src/sip/header/header-names.ts';

// The examples of RFC 3420 §3.1.
it.each([
  ['SIP/2.0 603 Declined', [false, 603, '', 'Declined', 0]],
  ['INVITE sip:alice@atlanta.com SIP/2.0', [true, 0, 'INVITE', '', 0]],
  [
    'SIP/2.0 400 Bad Request\r\nWarning: 399 atlanta.com "Your Event header field was malformed"\r\n',
    [false, 400, '', 'Bad Request', 1],
  ],
  [
    'From: Alice <sip:alice@atlanta.com>\r\nTo: Bob <sip:bob@biloxi.com>\r\nCseq: 314159 INVITE\r\n',
    [false, 0, '', '', 3],
  ],
  ['', [false, 0, '', '', 0]],
])('%j', (text, expected) => {
  const fragment = parseSipfrag(Buffer.from(text));
  const { isRequest, status, method, reason, headerCount } = fragment;
  expect([isRequest, status, method, reason, headerCount]).toEqual(expected);
});

it('has the headers and the body it has', () => {
  const text = 'From: <sip:a@b.c>;tag=1\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi';
  const fragment = parseSipfrag(Buffer.from(`xx${text}`), 2);
  expect([fragment.fromTag, fragment.value(HEADER['Content-Type']), fragment.body.toString()]).toEqual([
    '1',
    'text/plain',
    'hi',
  ]);
});

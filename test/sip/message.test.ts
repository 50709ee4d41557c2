import { expect, it } from 'vitest';
import { Payload } from '../../src/network/payload.ts';
import { HEADER } from '../../src/sip/header/header-names.ts';
import { SipMessage } from '../../src/sip/message.ts';
import { METHOD } from '../../src/sip/method.ts';
import { messageOf, parseMessage } from '../../src/sip/parse.ts';
import { request, requestText } from './request.ts';

function payloadOf(text: string, before = ''): Payload {
  const payload = new Payload();
  payload.data = Buffer.from(before + text);
  payload.start = before.length;
  payload.end = payload.data.length;
  payload.frame = 7;
  payload.seconds = 12;
  return payload;
}

const INVITE = requestText({
  method: 'INVITE',
  lines: [
    'Contact: "A, B" <sip:a@b.c>, <sip:d@e.f>;q=0.5',
    'Supported: timer,100rel',
    'k: path',
    'X-Any: a, b',
    'WWW-Authenticate: Digest realm="a, b", nonce="c"',
    'Content-Type: application/sdp',
  ],
  body: 'v=0\r\n',
});

it('reads the correlating fields as offsets and as text', () => {
  const message = parseMessage(payloadOf(INVITE, 'before'));
  if (message === null) throw new Error('no message');
  const at = (start: number, end: number): string => message.data.toString('latin1', start, end);
  expect([message.isRequest, message.methodId, message.status, message.cseqMethodId]).toEqual([
    true,
    METHOD.INVITE,
    0,
    METHOD.INVITE,
  ]);
  expect([message.method, message.requestUri, message.version, message.reason]).toEqual([
    'INVITE',
    'sip:bob@example.com',
    'SIP/2.0',
    '',
  ]);
  expect(at(message.callIdStart, message.callIdEnd)).toBe('c1@example.com');
  expect(at(message.branchStart, message.branchEnd)).toBe('z9hG4bKabc');
  expect(at(message.fromTagStart, message.fromTagEnd)).toBe('a1');
  expect([message.toTagStart, message.toTagEnd, message.toTag]).toEqual([-1, -1, '']);
  expect([message.callId, message.branch, message.fromTag, message.cseqMethod]).toEqual([
    'c1@example.com',
    'z9hG4bKabc',
    'a1',
    'INVITE',
  ]);
  expect([message.cseqNumber, message.contentLength, message.frame, message.seconds]).toEqual([1, 5, 7, 12]);
  expect([message.start, message.bodyEnd - message.bodyStart, message.body.toString()]).toEqual([
    6,
    5,
    'v=0\r\n',
  ]);
  expect(message.sdpBody()).toEqual({ start: message.bodyStart, end: message.bodyEnd });
  expect(message.bytes().toString()).toBe(INVITE);
});

it('keeps order and spelling, and cuts lists only where they are lists', () => {
  const message = request({ lines: ['k: a,b', 'SUPPORTED : c', 'X-Any: d, e', 'Subject: f, g'] });
  const row = message.find(HEADER.Supported);
  expect([
    message.headerName(row),
    message.headerName(row + 1),
    message.headerRaw(row + 1).toString(),
  ]).toEqual(['k', 'SUPPORTED', 'SUPPORTED : c']);
  expect([message.value(HEADER.Supported), message.values(HEADER.Supported)]).toEqual([
    'a,b',
    ['a', 'b', 'c'],
  ]);
  expect([message.headerId(row + 2), message.headerValue(message.findName('x-any'))]).toEqual([0, 'd, e']);
  expect(message.values(HEADER.Subject)).toEqual(['f, g']);
  expect([message.find(HEADER.Warning), message.value(HEADER.Warning)]).toEqual([-1, undefined]);
});

it('splits commas outside quotes, brackets and nothing else', () => {
  const message = messageOf(INVITE);
  expect(
    message
      ?.addresses(HEADER.Contact)
      .map(({ display, uri, params }) => [display, uri.text, params.get('q')]),
  ).toEqual([
    ['A, B', 'sip:a@b.c', undefined],
    ['', 'sip:d@e.f', '0.5'],
  ]);
  expect(message?.values(HEADER['WWW-Authenticate'])).toEqual(['Digest realm="a, b", nonce="c"']);
  expect(request({ lines: ['Contact: *'] }).contacts).toBe('*');
});

it('is used again without a trace of the message before', () => {
  const message = new SipMessage();
  message.read(payloadOf(INVITE));
  expect([message.callId, message.from?.tag, message.vias.length]).toEqual(['c1@example.com', 'a1', 1]);
  expect(message.read(payloadOf('SIP/2.0 200 OK\r\nCall-ID: other\r\n\r\n'))).toBe(true);
  expect([message.callId, message.from, message.vias, message.branch, message.cseqNumber]).toEqual([
    'other',
    undefined,
    [],
    '',
    -1,
  ]);
  expect([message.isRequest, message.method, message.status, message.reason, message.headerCount]).toEqual([
    false,
    '',
    200,
    'OK',
    1,
  ]);
});

it.each([
  '',
  '\r\n\r\n',
  'hello world\r\n',
  'GET / HTTP/1.1\r\n',
  'SIP/2.0\r\n',
  'SIP/2.0 abc\r\n',
  'INVITE\r\n',
  ':::',
])('makes no message of %j', (text) => {
  expect(messageOf(text)).toBeNull();
});

it('keeps a copy that outlives its payload', () => {
  const payload = payloadOf(`\r\n${INVITE}trailing`, 'before');
  const view = parseMessage(payload);
  const kept = view?.keep();
  payload.data.fill(0);
  expect([kept?.callId, kept?.start, kept?.frame, kept?.bytes().toString()]).toEqual([
    'c1@example.com',
    0,
    7,
    INVITE,
  ]);
  expect(kept?.data.toString('latin1', kept.end, kept.limit)).toBe('trailing');
});

it.each([
  ['LF', '\n', ['sip/bare-lf']],
  ['CR', '\r', ['sip/bare-cr']],
])('reads lines that end in %s', (_name, lineEnd, expected) => {
  const message = messageOf(requestText({ lines: ['Subject: a', ' b'] }).replaceAll('\r\n', lineEnd));
  expect(message?.value(HEADER.Subject)).toBe('a b');
  expect(message?.diagnose().map(({ code }) => code)).toEqual(expected);
});

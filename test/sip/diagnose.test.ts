// What each fault is called. The faults of the torture messages are in their own tests.
import { describe, expect, it } from 'vitest';
import { Payload } from '../../src/network/payload.ts';
import { SIP_DIAGNOSTICS } from '../../src/sip/diagnose/diagnostic-codes.ts';
import { messageOf, parseMessage } from '../../src/sip/parse.ts';
import { codes, request, requestText } from './request.ts';

it('finds nothing wrong with a good message', () => {
  expect(request().diagnose()).toEqual([]);
});

describe('lines added to a good request', () => {
  it.each([
    ['no colon here', ['sip/header-no-colon']],
    ['na me: x', ['sip/bad-header-name']],
    [': x', ['sip/bad-header-name']],
    ['Subject: a\u0001b', ['sip/control-octet']],
    ['Subject: caf\u00e9', []],
    ['Contact: <sip:a@b c>', ['sip/bad-uri']],
    ['Contact: "a <sip:a@b.c>', ['sip/unterminated-quote']],
    ['Contact: <sip:a@b.c>;q=2', ['sip/bad-number']],
    ['Contact: <sip:a@b.c>;expires=soon', ['sip/bad-number']],
    ['Contact: <gopher://x>', ['sip/unknown-scheme']],
    ['Route: <sip:a@b.c>,,<sip:d@e.f>', ['sip/empty-list-item']],
    ['Supported:', []],
    ['Supported: a b', ['sip/bad-header-value']],
    ['Expires: 4294967296', ['sip/bad-number']],
    ['Min-SE: 90;x=1', []],
    ['Date: yesterday', ['sip/bad-date']],
    ['RAck: 1 INVITE', ['sip/bad-header-value']],
    ['RSeq: 0', ['sip/bad-number']],
    ['Replaces: a@b;to-tag=1', ['sip/bad-header-value']],
    ['Authorization: Digest username="a" realm="b"', ['sip/bad-header-value']],
    ['WWW-Authenticate: Digest realm="a", nonce="b"', []],
    ['Warning: 399 host "ok"', []],
    ['Session-ID: abc', ['sip/bad-header-value']],
    ['Timestamp: 54.3 .2', []],
    ['Retry-After: 18000;duration=3600', []],
    ['Retry-After: 120 (I am in a meeting)', []],
    ['Retry-After: later', ['sip/bad-number']],
    ['Call-ID: again', ['sip/duplicate-header']],
    ['Via: SIP/2.0/UDP h;received=x', ['sip/bad-via']],
    ['Content-Type: sdp', ['sip/bad-content-type']],
    ['Refer-To: <sip:a@b.c?Replaces=x>', []],
  ])('%j', (line, expected) => {
    expect(codes(request({ lines: [line] }))).toEqual(expected);
  });
});

describe('mandatory lines replaced', () => {
  it.each([
    [{ CSeq: 'CSeq: 2147483648 OPTIONS' }, ['sip/bad-cseq']],
    [{ CSeq: 'CSeq: one OPTIONS' }, ['sip/bad-cseq']],
    [{ CSeq: 'CSeq: 1 options' }, ['sip/cseq-mismatch']],
    [{ 'Call-ID': 'Call-ID:' }, ['sip/bad-call-id']],
    [{ 'Call-ID': 'Call-ID: a b' }, ['sip/bad-call-id']],
    [{ 'Max-Forwards': 'Max-Forwards: 256' }, ['sip/bad-number']],
    [{ From: 'From: <sip:a@b.c>' }, ['sip/missing-from-tag']],
    [{ Via: 'Via: SIP/2.0/UDP h' }, ['sip/missing-branch']],
    [{ Via: 'Via: SIP/2.0/UDP h;branch=1' }, ['sip/old-branch']],
    [{ Via: ' Via: SIP/2.0/UDP h;branch=z9hG4bK1' }, ['sip/stray-continuation']],
    [{ To: 'X-To: y' }, ['sip/missing-header']],
  ])('%j', (replace: Record<string, string>, expected) => {
    expect(codes(request({ replace }))).toEqual(expected);
  });
});

describe('methods', () => {
  it.each([
    ['INVITE', ['sip/missing-contact']],
    ['PRACK', ['sip/missing-header']],
    ['SUBSCRIBE', ['sip/missing-header', 'sip/missing-contact']],
    ['NOTIFY', ['sip/missing-header', 'sip/missing-header']],
    ['REFER', ['sip/missing-header', 'sip/missing-contact']],
    ['PUBLISH', ['sip/missing-header']],
    ['NEW', ['sip/unknown-method']],
  ])('%s', (method, expected) => {
    expect(codes(request({ method }))).toEqual(expected);
  });
});

describe('start lines', () => {
  const rest = requestText().slice(requestText().indexOf('\r\n'));
  it.each([
    ['OPTIONS sip:b@c.d', ['sip/bad-start-line']],
    ['OPTIONS\tsip:b@c.d SIP/2.0', ['sip/bad-start-line']],
    ['OPTIONS sip:b@c.d sip/2.0', []],
    ['OPTIONS b@c.d SIP/2.0', ['sip/bad-request-uri']],
    ['\r\n\r\nOPTIONS sip:b@c.d SIP/2.0', ['sip/leading-lines']],
    ['SIP/2.0 200 OK', []],
    ['SIP/2.0 200', ['sip/bad-start-line']],
    ['SIP/2.0  200 OK', ['sip/bad-start-line']],
    ['SIP/2.0 700 x', ['sip/bad-status']],
    ['SIP/2.0 99 x', ['sip/bad-status']],
    ['SIP/3.0 200 OK', ['sip/bad-version']],
  ])('%j', (line, expected) => {
    const message = messageOf(line + rest);
    expect(message && codes(message)).toEqual(expected);
  });
});

describe('body and framing', () => {
  function diagnosed(text: string, change: (payload: Payload) => void = () => {}): string[] | null {
    const payload = new Payload();
    payload.data = Buffer.from(text, 'latin1');
    payload.end = payload.data.length;
    change(payload);
    const message = parseMessage(payload);
    return message && codes(message);
  }
  const typed = requestText({ lines: ['Content-Type: text/plain'], body: 'hello' });

  it.each([
    ['a body without its type', requestText({ body: 'x' }), ['sip/missing-header']],
    ['too little', typed.slice(0, -1), ['sip/content-length-mismatch']],
    ['too much', `${typed}x`, ['sip/trailing-octets']],
    ['no number', typed.replace('Content-Length: 5', 'Content-Length: five'), ['sip/bad-content-length']],
    [
      'twice the same',
      typed.replace('Content-Length: 5', 'l: 5\r\nContent-Length: 5'),
      ['sip/duplicate-header'],
    ],
    ['no end of headers', 'OPTIONS sip:a@b.c SIP/2.0\r\nVia: x', null],
    ['not UTF-8', requestText({ lines: ['Subject: \u00ff'] }), ['sip/bad-utf8']],
    [
      'a multipart without its boundary',
      requestText({ lines: ['Content-Type: multipart/mixed'], body: 'x' }),
      ['sip/bad-multipart'],
    ],
  ])('%s', (_name, text, expected) => {
    if (expected === null) expect(diagnosed(text)).toContain('sip/headers-not-ended');
    else expect(diagnosed(text)).toEqual(expected);
  });

  it('blames the capture for what the capture cut', () => {
    const cut = (payload: Payload): void => {
      payload.truncated = true;
    };
    expect(diagnosed(typed.slice(0, -3), cut)).toEqual(['sip/truncated']);
  });

  it('wants Content-Length on a stream', () => {
    const text = requestText().replace(/Content-Length: 0\r\n/, '');
    const over = (transport: Payload['transport']): string[] | null =>
      diagnosed(text, (payload) => {
        payload.transport = transport;
      });
    expect([over('udp'), over('tcp'), over('ws')]).toEqual([[], ['sip/missing-header'], []]);
  });
});

it('says where, in which packet, and how bad', () => {
  const payload = new Payload();
  payload.data = Buffer.from(`xx${requestText({ lines: ['Date: never'] })}`);
  payload.start = 2;
  payload.end = payload.data.length;
  payload.frame = 9;
  const message = parseMessage(payload);
  expect(message?.diagnostics).toEqual([
    {
      code: 'sip/bad-date',
      severity: 'error',
      message: 'Date: never',
      frames: [9],
      at: requestText().indexOf('Content-Length'),
    },
  ]);
});

it('shows no secret and no control character', () => {
  const lines = [
    'Authorization: Digest response="s3cret" username="a"',
    'Date: \u0001\u009b31m',
    `Call-ID: ${' '.repeat(300)}a b`,
  ];
  const shown = request({ lines })
    .diagnose()
    .map(({ message }) => message);
  expect(shown).toEqual([
    'octet 0x01',
    'Call-ID again',
    'Authorization: malformed parameters',
    'Date: \\x01\\x9b31m',
    'Call-ID: a b',
  ]);
});

it('stops at a cap', () => {
  const message = request({ lines: Array(500).fill('oops') });
  expect([message.diagnose().length, message.diagnose().at(-1)?.code]).toEqual([
    101,
    'sip/too-many-diagnostics',
  ]);
});

it('has a meaning for every code', () => {
  for (const [code, { meaning }] of Object.entries(SIP_DIAGNOSTICS)) {
    expect([code, meaning]).toEqual([
      expect.stringMatching(/^sip\/[a-z0-9-]+$/),
      expect.stringMatching(/^[A-Z].*\.$/),
    ]);
  }
});

import { expect, it } from 'vitest';
import { HEADER } from '../../src/sip/header/header-names.ts';
import { messageOf } from '../../src/sip/parse.ts';
import { rewriteMessage } from '../../src/sip/rewrite.ts';
import { requestLine, statusLine, writeMessage } from '../../src/sip/write.ts';
import { requestText } from './request.ts';

it('writes a message from its parts', () => {
  const octets = writeMessage({
    startLine: requestLine('MESSAGE', 'sip:bob@example.com'),
    headers: [
      ['Via', 'SIP/2.0/UDP host;branch=z9hG4bK1'],
      ['Content-Type', 'text/plain'],
    ],
    body: 'grüß',
  });
  expect(octets.toString()).toBe(
    'MESSAGE sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/UDP host;branch=z9hG4bK1\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\ngrüß',
  );
});

it('takes a Content-Length that is given, and refuses line ends', () => {
  const given = writeMessage({ startLine: statusLine(100, ''), headers: [['l', '0']] });
  expect(given.toString()).toBe('SIP/2.0 100 \r\nl: 0\r\n\r\n');
  expect(() => writeMessage({ startLine: 'x', headers: [['Subject', 'a\r\nVia: b']] })).toThrow(
    'line end within',
  );
});

const TEXT = requestText({ lines: ['Subject: a', '\t b', 'X:y'], body: 'hello' });

it('writes what was parsed octet by octet', () => {
  for (const text of [TEXT, TEXT.replaceAll('\r\n', '\n'), TEXT.slice(0, 60)]) {
    const message = messageOf(text);
    expect(message && rewriteMessage(message).toString()).toBe(text);
  }
});

it('replaces only what is edited', () => {
  const message = messageOf(TEXT);
  if (message === null) throw new Error('no message');
  const edited = rewriteMessage(message, {
    startLine: 'OPTIONS sip:x SIP/2.0',
    headers: new Map([
      [message.find(HEADER.Subject), null],
      [message.find(HEADER['Content-Length']), 'l: 2'],
    ]),
    body: Buffer.from('ok'),
  });
  expect(edited.toString()).toBe(
    requestText({ uri: 'sip:x', lines: ['X:y'] })
      .replace('Content-Length: 0', 'l: 2')
      .concat('ok'),
  );
});

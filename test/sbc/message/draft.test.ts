import { expect, it } from 'vitest';
import { Draft } from '../../../src/sbc/message/draft.ts';
import { HEADER } from '../../../src/sip/header/header-names.ts';
import type { SipMessage } from '../../../src/sip/message.ts';
import { messageOf } from '../../../src/sip/parse.ts';

const INVITE = lines(
  'INVITE sip:bob@example.com SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKabc',
  'v: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKabd',
  'Max-Forwards:  70',
  'f: Alice',
  '\t<sip:alice@example.com>;tag=a1',
  'To: <sip:bob@example.com>',
  'Call-ID: c1@example.com',
  'CSeq: 1 INVITE',
  'X-Own: one',
  'Route: <sip:p1;lr>, <sip:p2;lr>',
  'Route: <sip:p3;lr>',
  'x-own: two',
  'Content-Type: text/plain',
  'l: 5',
  '',
  'hello',
);

it('writes a message that is not edited as it came', () => {
  expect(new Draft(read(INVITE)).octets().toString()).toBe(INVITE);
});

it('edits line by line, and leaves the others as spelled', () => {
  const draft = new Draft(read(INVITE));
  draft.startLine = 'INVITE sip:bob@192.0.2.77 SIP/2.0';
  draft
    .addTop(HEADER.Via, 'SIP/2.0/UDP 192.0.2.20;branch=z9hG4bKown')
    .set(HEADER['Max-Forwards'], '69')
    .set(HEADER.From, '<sip:a@b>;tag=own')
    .remove(HEADER.Route)
    .removeNamed('X-OWN')
    .addTop(HEADER['Record-Route'], '<sip:in@sbc.example;lr>')
    .addTop(HEADER['Record-Route'], '<sip:out@sbc.example;lr>')
    .addLast(HEADER['Record-Route'], '<sip:below@sbc.example;lr>')
    .set(HEADER.Contact, '<sip:own@sbc.example>');
  draft.body = Buffer.from('grüß');
  expect(draft.octets().toString()).toBe(
    lines(
      'INVITE sip:bob@192.0.2.77 SIP/2.0',
      'Via: SIP/2.0/UDP 192.0.2.20;branch=z9hG4bKown',
      'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKabc',
      'v: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKabd',
      'Record-Route: <sip:out@sbc.example;lr>',
      'Record-Route: <sip:in@sbc.example;lr>',
      'Record-Route: <sip:below@sbc.example;lr>',
      'Max-Forwards: 69',
      'f: <sip:a@b>;tag=own',
      'To: <sip:bob@example.com>',
      'Call-ID: c1@example.com',
      'CSeq: 1 INVITE',
      'Contact: <sip:own@sbc.example>',
      'Content-Type: text/plain',
      'l: 6',
      '',
      'grüß',
    ),
  );
});

it('replaces a list at the place of its first line, gives its values, and adds what proxies need below the Vias', () => {
  const draft = new Draft(read(INVITE));
  expect(draft.values(HEADER.Route)).toEqual(['<sip:p1;lr>', '<sip:p2;lr>', '<sip:p3;lr>']);
  draft.replaceValues(HEADER.Route, ['<sip:q1;lr>', '<sip:q2;lr>']).replaceValues(HEADER.Via, ['one', 'two']);
  draft.set(HEADER['Proxy-Require'], 'x').replaceValues(HEADER['Proxy-Authorization'], []);
  expect(draft.values(HEADER.Route)).toEqual(['<sip:q1;lr>', '<sip:q2;lr>']);
  expect([draft.value(HEADER.From), draft.value(HEADER.Server), draft.has(HEADER.Route)]).toEqual([
    'Alice <sip:alice@example.com>;tag=a1',
    undefined,
    true,
  ]);
  expect(draft.names()).toEqual([
    'Via',
    'Via',
    'Proxy-Require',
    'Max-Forwards',
    'f',
    'To',
    'Call-ID',
    'CSeq',
    'X-Own',
    'Route',
    'Route',
    'x-own',
    'Content-Type',
    'l',
  ]);
  draft.set(HEADER.Via, 'only').removeNamed('max-forwards').replaceValues(HEADER.Route, []);
  expect(draft.octets().toString()).toBe(
    lines(
      'INVITE sip:bob@example.com SIP/2.0',
      'Via: only',
      'Proxy-Require: x',
      'f: Alice',
      '\t<sip:alice@example.com>;tag=a1',
      'To: <sip:bob@example.com>',
      'Call-ID: c1@example.com',
      'CSeq: 1 INVITE',
      'X-Own: one',
      'x-own: two',
      'Content-Type: text/plain',
      'l: 5',
      '',
      'hello',
    ),
  );
});

it('has CRLF at every line end, the length of the body, and no lines that are no header', () => {
  const odd = [
    '\r\nSIP/2.0 200 OK\n',
    '  Via: SIP/2.0/UDP h;branch=z9hG4bKx\r',
    'Subject: one\n two\r three\r\n four\r\n',
    'no colon here\r\n',
    'My Name: x\r\n',
    ': nothing\r\n',
    'X : y\n',
    'Content-Length: 3\n',
    'Content-Length: 4\n',
    '\n',
    'body',
  ];
  const draft = new Draft(read(odd.join('')));
  expect(draft.startLine).toBe('SIP/2.0 200 OK');
  expect(draft.octets().toString()).toBe(
    lines(
      'SIP/2.0 200 OK',
      'Via: SIP/2.0/UDP h;branch=z9hG4bKx',
      'Subject: one',
      ' two',
      ' three',
      ' four',
      'X : y',
      'Content-Length: 4',
      '',
      'body',
    ),
  );
});

it('ends a message that was cut in its headers, and leaves out what follows its body', () => {
  expect(new Draft(read('BYE sip:a SIP/2.0\r\nCSeq: 1 BYE')).octets().toString()).toBe(
    'BYE sip:a SIP/2.0\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n',
  );
  expect(new Draft(read('BYE sip:a SIP/2.0')).octets().toString()).toBe(
    'BYE sip:a SIP/2.0\r\nContent-Length: 0\r\n\r\n',
  );
  const trailing = 'BYE sip:a SIP/2.0\r\nCSeq: 1 BYE\r\nContent-Length: 2\r\n\r\n';
  expect(new Draft(read(`${trailing}hello`)).octets().toString()).toBe(`${trailing}he`);
});

it('keeps every value on its line', () => {
  const draft = new Draft(read('BYE sip:a SIP/2.0\r\nCSeq: 1 BYE\r\nl: 0\r\n\r\n'));
  draft.startLine = 'BYE sip:b\r\nVia: evil SIP/2.0';
  draft
    .set(HEADER.CSeq, '2 BYE\r\n\r\nX: y')
    .addTop(HEADER.Via, 'a\rb')
    .addLast(HEADER.Route, '\nc')
    .replaceValues(HEADER.Contact, ['d\n', 'e']);
  expect(draft.octets().toString()).toBe(
    lines(
      'BYE sip:b Via: evil SIP/2.0',
      'Via: a b',
      'CSeq: 2 BYE X: y',
      'Route:  c',
      'Contact: d ',
      'Contact: e',
      'l: 0',
      '',
      '',
    ),
  );
});

it('writes a message longer than its block, and characters of several octets', () => {
  const value = 'ß€😀č'.repeat(30_000);
  const draft = new Draft(read('BYE sip:a SIP/2.0\r\nl: 0\r\n\r\n')).set(HEADER.Subject, value);
  expect(draft.octets().toString()).toBe(`BYE sip:a SIP/2.0\r\nSubject: ${value}\r\nl: 0\r\n\r\n`);
});

function lines(...all: string[]): string {
  return all.join('\r\n');
}

function read(text: string): SipMessage {
  const message = messageOf(text);
  if (message === null) throw new Error('no message');
  return message;
}

import { expect, test } from 'vitest';
import { messageDifference } from '../../src/explain/message-difference.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { messageOf } from '../../src/sip/parse.ts';

function message(lines: readonly string[], body: readonly string[] = []): SipMessage {
  const octets = body.map((line) => `${line}\r\n`).join('');
  return messageOf([...lines, `Content-Length: ${octets.length}`, '', octets].join('\r\n'))!;
}

const SDP = [
  'v=0',
  'o=- 1 1 IN IP4 192.0.2.1',
  's=-',
  'c=IN IP4 192.0.2.1',
  't=0 0',
  'm=audio 4000 RTP/AVP 0',
];

test('headers by name, compact or long; lines of the description; secrets masked', () => {
  const before = message(
    [
      'INVITE sip:bob@example.com SIP/2.0',
      'v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
      'Record-Route: <sip:p1;lr>, <sip:p2;lr>',
      'Subject: hello',
      'Authorization: Digest username="a", response="0123"',
      'Content-Type: application/sdp',
    ],
    SDP,
  );
  const after = message(
    [
      'INVITE sip:bob@192.0.2.9 SIP/2.0',
      'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
      'Record-Route: <sip:p2;lr>',
      'Record-Route: <sip:p1;lr>',
      'Authorization: Digest username="a", response="4567"',
      'Content-Type: application/sdp',
      'X-New: 1',
    ],
    [...SDP.slice(0, 3), 'c=IN IP4 198.51.100.1', ...SDP.slice(4), 'a=sendrecv'],
  );
  expect(messageDifference(before, after)).toEqual({
    startLine: {
      change: 'changed',
      before: 'INVITE sip:bob@example.com SIP/2.0',
      after: 'INVITE sip:bob@192.0.2.9 SIP/2.0',
    },
    headers: [
      {
        name: 'Via',
        change: 'same',
        before: ['SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1'],
        after: ['SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1'],
      },
      {
        name: 'Record-Route',
        change: 'reordered',
        before: ['<sip:p1;lr>', '<sip:p2;lr>'],
        after: ['<sip:p2;lr>', '<sip:p1;lr>'],
      },
      { name: 'Subject', change: 'removed', before: ['hello'], after: [] },
      {
        name: 'Authorization',
        change: 'same',
        before: ['Digest username="a", response=******'],
        after: ['Digest username="a", response=******'],
      },
      { name: 'Content-Type', change: 'same', before: ['application/sdp'], after: ['application/sdp'] },
      { name: 'Content-Length', change: 'changed', before: ['87'], after: ['102'] },
      { name: 'X-New', change: 'added', before: [], after: ['1'] },
    ],
    sdp: [
      ...SDP.slice(0, 3).map((line) => ({ before: line, after: line })),
      { before: 'c=IN IP4 192.0.2.1', after: 'c=IN IP4 198.51.100.1' },
      ...SDP.slice(4).map((line) => ({ before: line, after: line })),
      { before: null, after: 'a=sendrecv' },
    ],
    body: 'same',
  });
});

test('a body that is no description', () => {
  const plain = ['MESSAGE sip:bob@example.com SIP/2.0', 'Content-Type: text/plain'];
  expect(messageDifference(message(plain, ['hi']), message(plain, ['ho'])).body).toBe('changed');
  expect(messageDifference(message(plain), message(plain, ['ho'])).body).toBe('added');
  expect(messageDifference(message(plain, ['hi']), message(plain)).body).toBe('removed');
});

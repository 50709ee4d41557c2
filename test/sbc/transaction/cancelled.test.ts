// CANCEL as it is received: RFC 3261 §9.2.
import { describe, expect, test } from 'vitest';
import { endpoint, flow, NOTHING_LEFT, requestText, Stage, TCP } from './stage.ts';

const TO = '192.0.2.1:5060';

test("before any response: 200 with a tag that the INVITE's responses may take, and the user is told", () => {
  const stage = new Stage({
    identifiers: { next: ({ kind, cause, adjacency }) => `${kind} ${cause?.method} ${adjacency}`.trim() },
  });
  stage.receive(requestText('INVITE'));
  stage.receive(requestText('CANCEL'));
  expect(stage.take()).toEqual([
    '0 request INVITE',
    `0 > ${TO} 200 CANCEL`,
    '0 + J 32000',
    '0 cancelled z9hG4bK1',
  ]);
  expect(stage.requests[0].toTag).toBe('tag CANCEL');
  expect(stage.sent[0].octets.toString().split('\r\n')).toEqual([
    'SIP/2.0 200 OK',
    'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1',
    'From: <sip:alice@example.com>;tag=a',
    'To: <sip:bob@example.com>;tag=tag CANCEL',
    'Call-ID: call@example.com',
    'CSeq: 7 CANCEL',
    'Content-Length: 0',
    '',
    '',
  ]);
});

test('after a provisional response: 200 with its tag; again when the CANCEL comes again, and the user is told once', () => {
  const stage = new Stage();
  stage.receive(requestText('INVITE'));
  stage.respond(stage.requests[0], 180, 'early');
  stage.receive(requestText('CANCEL'));
  stage.receive(requestText('CANCEL'));
  stage.respond(stage.requests[0], 487, 'early');
  stage.receive(requestText('ACK', { toTag: 'early' }));
  stage.run();
  expect(stage.take()).toEqual([
    '0 request INVITE',
    `0 > ${TO} 180 INVITE`,
    `0 > ${TO} 200 CANCEL`,
    '0 + J 32000',
    '0 cancelled z9hG4bK1',
    `0 > ${TO} 200 CANCEL again`,
    `0 > ${TO} 487 INVITE`,
    '0 + G 500',
    '0 + H 32000',
    '0 - G',
    '0 - H',
    '0 + I 5000',
  ]);
  expect(stage.left).toEqual(NOTHING_LEFT);
  expect(/^To: .*$/m.exec(stage.sent[1].octets.toString())?.[0]).toBe('To: <sip:bob@example.com>;tag=early');
});

test('over TCP each CANCEL is answered, and the user is told once', () => {
  const stage = new Stage();
  stage.receive(requestText('INVITE'), TCP);
  stage.receive(requestText('CANCEL'), TCP);
  stage.receive(requestText('CANCEL'), TCP);
  expect(stage.take()).toEqual([
    '0 request INVITE',
    `0 > ${TO}#7 200 CANCEL`,
    '0 cancelled z9hG4bK1',
    `0 > ${TO}#7 200 CANCEL`,
  ]);
});

describe('too late: 200, and nothing comes of it', () => {
  test.each([200, 486])('after %i', (status) => {
    const stage = new Stage();
    stage.receive(requestText('INVITE'));
    stage.respond(stage.requests[0], status);
    stage.take();
    stage.receive(requestText('CANCEL'));
    expect(stage.take()).toEqual([`0 > ${TO} 200 CANCEL`, '0 + J 32000']);
  });

  test('for another method, which a CANCEL does not stop', () => {
    const stage = new Stage();
    stage.receive(requestText('MESSAGE'));
    stage.receive(requestText('CANCEL'));
    stage.respond(stage.requests[0], 200);
    expect(stage.take()).toEqual([
      '0 request MESSAGE',
      `0 > ${TO} 200 CANCEL`,
      '0 + J 32000',
      `0 > ${TO} 200 MESSAGE`,
      '0 + J 32000',
    ]);
  });
});

describe('for nothing that is known: 481, each time with the same tag', () => {
  test.each<[string, Parameters<Stage['receive']>]>([
    ['another branch', [requestText('CANCEL', { branch: 'z9hG4bK2' })]],
    // RFC 3261 §22.1: it must come from where the INVITE came.
    ['another sender', [requestText('CANCEL'), flow('udp', 0, endpoint('203.0.113.66', 5060))]],
  ])('%s', (_, cancel) => {
    const stage = new Stage();
    stage.receive(requestText('INVITE'));
    stage.take();
    stage.receive(...cancel);
    stage.receive(...cancel);
    const to = cancel[1] === undefined ? TO : '203.0.113.66:5060';
    expect(stage.take()).toEqual([`0 > ${to} 481 CANCEL`, `0 > ${to} 481 CANCEL`]);
    expect(stage.left).toEqual({ timers: 0, transactions: 1, pending: 0 });
    const [first, again] = stage.sent.map(
      ({ octets }) => /^To: .*;tag=[0-9a-f]{16}$/m.exec(octets.toString())?.[0],
    );
    expect([first === undefined, again]).toEqual([false, first]);
  });

  test('another transaction has another tag', () => {
    const stage = new Stage();
    stage.receive(requestText('CANCEL', { branch: 'z9hG4bK2' }));
    stage.receive(requestText('CANCEL', { branch: 'z9hG4bK3' }));
    stage.receive(requestText('CANCEL', { branch: 'z9hG4bK3', callId: 'other' }));
    const tags = stage.sent.map(({ octets }) => /^To: .*;tag=([0-9a-f]{16})$/m.exec(octets.toString())?.[1]);
    expect([tags.length, new Set(tags).size, tags.includes(undefined)]).toEqual([3, 3, false]);
  });

  test('an INVITE that is over', () => {
    const stage = new Stage();
    stage.receive(requestText('INVITE'), TCP);
    stage.respond(stage.requests[0], 486);
    stage.receive(requestText('ACK', { toTag: 'b' }), TCP);
    stage.take();
    stage.receive(requestText('CANCEL'), TCP);
    expect(stage.take()).toEqual([`0 > ${TO}#7 481 CANCEL`]);
  });
});

// Caps: new requests get a 503 when there are too many transactions (RFC 3261 §21.5.4), without one of their own.
import { expect, test } from 'vitest';
import { NOTHING_LEFT, requestText, responseText, Stage, TCP } from './stage.ts';

const TO = '192.0.2.1:5060';

function message(n: number, toTag = ''): string {
  return requestText('MESSAGE', { branch: `z9hG4bK${n}`, cseq: n, toTag });
}

test('at the cap a request is refused, each time alike; there is room again when one is over', () => {
  const stage = new Stage({ limits: { transactions: 2, withinDialogs: 0, retryAfter: 9 } });
  stage.receive(message(1), TCP);
  stage.request('BYE', TCP);
  stage.receive(message(3), TCP);
  stage.receive(message(3), TCP);
  stage.receive(message(1), TCP);
  stage.receive(responseText(200, 'BYE'), TCP);
  stage.receive(message(3), TCP);
  stage.receive(message(4), TCP);
  expect(stage.take()).toEqual([
    '0 request MESSAGE',
    `0 > ${TO}#7 BYE`,
    '0 + F 32000',
    '0 ! warn sbc/transactions-full',
    `0 > ${TO}#7 503 MESSAGE`,
    `0 > ${TO}#7 503 MESSAGE`,
    '0 - F',
    '0 response 200 BYE',
    '0 request MESSAGE',
    // Said again: there was room in between.
    '0 ! warn sbc/transactions-full',
    `0 > ${TO}#7 503 MESSAGE`,
  ]);
  const refusals = stage.sent.map(({ octets }) => octets.toString()).filter((text) => text.includes(' 503 '));
  expect(refusals[0].replace(/tag=[0-9a-f]{16}/, 'tag=…').split('\r\n')).toEqual([
    'SIP/2.0 503 Service Unavailable',
    'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK3',
    'From: <sip:alice@example.com>;tag=a',
    'To: <sip:bob@example.com>;tag=…',
    'Call-ID: call@example.com',
    'CSeq: 3 MESSAGE',
    'Retry-After: 9',
    'Content-Length: 0',
    '',
    '',
  ]);
  expect(refusals[1]).toBe(refusals[0]);
});

test('requests within dialogs have room beyond it; ACK and CANCEL need none', () => {
  const stage = new Stage({ limits: { transactions: 1, withinDialogs: 1 } });
  stage.receive(requestText('INVITE'), TCP);
  stage.receive(message(2), TCP);
  stage.receive(message(3, 'b'), TCP);
  stage.receive(message(4, 'b'), TCP);
  stage.receive(requestText('ACK', { branch: 'z9hG4bK5' }), TCP);
  stage.receive(requestText('CANCEL'), TCP);
  expect(stage.take()).toEqual([
    '0 request INVITE',
    '0 ! warn sbc/transactions-full',
    `0 > ${TO}#7 503 MESSAGE`,
    '0 request MESSAGE',
    `0 > ${TO}#7 503 MESSAGE`,
    '0 ack z9hG4bK5',
    `0 > ${TO}#7 200 CANCEL`,
    '0 cancelled z9hG4bK1',
  ]);
  stage.respond(stage.requests[0], 487);
  stage.respond(stage.requests[1], 200);
  stage.run();
  expect(stage.left).toEqual(NOTHING_LEFT);
});

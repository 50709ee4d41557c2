// Transport errors and connections that close: RFC 3261 §17.1.4, §17.2.4, §18.4.
import { describe, expect, test } from 'vitest';
import { flow, NOTHING_LEFT, requestText, responseText, Stage, TCP, UDP } from './stage.ts';

const TO = '192.0.2.1:5060';
/** Over TCP, by whatever connection there is. */
const ANY = flow('tcp', 0);

describe('send-failed', () => {
  test('of the INVITE: its user is told at once', () => {
    const stage = new Stage();
    stage.request('INVITE', TCP);
    stage.sendFailed();
    stage.sendFailed();
    expect(stage.take()).toEqual([
      `0 > ${TO}#7 INVITE`,
      '0 + B 32000',
      '0 - B',
      '0 failed transport terminated',
    ]);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });

  test('of a send that was repeated since says nothing', () => {
    const stage = new Stage();
    stage.request('INVITE');
    stage.run(500);
    stage.sendFailed(0);
    expect(stage.take().at(-1)).toBe('500 + A 1000');
    stage.sendFailed(1);
    expect(stage.take()).toEqual(['500 - A', '500 - B', '500 failed transport terminated']);
  });

  test('of an ACK ends the transaction; the user had its final response', () => {
    const stage = new Stage();
    stage.request('INVITE');
    stage.receive(responseText(486, 'INVITE'));
    stage.take();
    stage.sendFailed();
    expect(stage.take()).toEqual(['0 - D']);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });

  test('of a CANCEL leaves the INVITE to its own timer', () => {
    const stage = new Stage();
    stage.request('INVITE', TCP).cancel();
    stage.receive(responseText(180, 'INVITE'), TCP);
    stage.sendFailed();
    stage.run();
    expect(stage.take().slice(-3)).toEqual(['0 + cancel 32000', '0 - F', '32000 failed timeout terminated']);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });

  test('of what no transaction sent, or one that is over, is let be', () => {
    const stage = new Stage();
    stage.receive(requestText('CANCEL'));
    stage.sendFailed();
    stage.request('BYE', TCP);
    stage.receive(responseText(200, 'BYE'), TCP);
    stage.take();
    stage.sendFailed();
    stage.transactions.sendFailed(4711, 'unknown');
    expect(stage.take()).toEqual([]);
  });
});

describe('connection-closed', () => {
  test('requests that wait on it fail; those on another, and over UDP, do not', () => {
    const stage = new Stage();
    stage.request('INVITE', TCP, [], 'z9hG4bK1');
    stage.request('BYE', TCP, [], 'z9hG4bK2');
    stage.request('BYE', flow('tcp', 8), [], 'z9hG4bK3');
    stage.request('BYE', UDP, [], 'z9hG4bK4');
    stage.take();
    stage.connectionClosed(7);
    expect(stage.take()).toEqual([
      '0 - B',
      '0 failed transport terminated',
      '0 - F',
      '0 failed transport terminated',
    ]);
    stage.connectionClosed(7);
    expect(stage.take()).toEqual([]);
  });

  test('one that is over is not told, the others by its connection are', () => {
    const stage = new Stage();
    stage.request('BYE', TCP, [], 'z9hG4bK1');
    stage.request('BYE', TCP, [], 'z9hG4bK2');
    stage.receive(responseText(200, 'BYE', { branch: 'z9hG4bK1' }), TCP);
    stage.take();
    stage.connectionClosed(7);
    expect(stage.take()).toEqual(['0 - F', '0 failed transport terminated']);
  });

  test('a connection made for the request is known from its first response', () => {
    const stage = new Stage();
    const bye = stage.request('BYE', ANY);
    stage.connectionClosed(9);
    stage.receive(responseText(100, 'BYE'), flow('tcp', 9));
    expect(bye.state).toBe('proceeding');
    stage.connectionClosed(9);
    expect(stage.take()).toEqual([
      `0 > ${TO} BYE`,
      '0 + F 32000',
      '0 response 100 BYE',
      '0 - F',
      '0 failed transport terminated',
    ]);
  });

  test('an INVITE that is proceeding waits on: the response may come by a new connection, and so do ACK and CANCEL', () => {
    const stage = new Stage();
    const invite = stage.request('INVITE', TCP);
    stage.receive(responseText(180, 'INVITE'), TCP);
    stage.connectionClosed(7);
    invite.cancel();
    stage.receive(responseText(200, 'CANCEL'), flow('tcp', 8));
    stage.receive(responseText(487, 'INVITE'), flow('tcp', 8));
    expect(stage.take().slice(4)).toEqual([
      `0 > ${TO} CANCEL`,
      '0 + F 32000',
      '0 + cancel 32000',
      '0 - F',
      `0 > ${TO} ACK`,
      '0 - cancel',
      '0 response 487 INVITE',
    ]);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });

  test('an INVITE that was accepted stays for its 2xx', () => {
    const stage = new Stage();
    const invite = stage.request('INVITE', TCP);
    stage.receive(responseText(200, 'INVITE'), TCP);
    stage.connectionClosed(7);
    expect(invite.state).toBe('accepted');
    stage.run();
    expect(stage.left).toEqual(NOTHING_LEFT);
  });

  test('of requests received: they are answered by another connection', () => {
    const stage = new Stage();
    stage.receive(requestText('INVITE', { via: 'SIP/2.0/TCP 192.0.2.1:5070' }), TCP);
    stage.receive(requestText('MESSAGE', { via: 'SIP/2.0/TCP 192.0.2.1:5070' }), TCP);
    stage.respond(stage.requests[0], 180);
    stage.connectionClosed(7);
    stage.respond(stage.requests[0], 486);
    stage.respond(stage.requests[1], 200);
    expect(stage.take()).toEqual([
      '0 request INVITE',
      '0 request MESSAGE',
      `0 > ${TO}#7 180 INVITE`,
      '0 > 192.0.2.1:5070 486 INVITE',
      '0 + H 32000',
      '0 > 192.0.2.1:5070 200 MESSAGE',
    ]);
  });
});

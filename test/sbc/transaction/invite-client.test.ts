// The INVITE client transaction, move by move, and what surrounds its table: CANCEL, ACK, a user that has gone.
import { describe, expect, test } from 'vitest';
import { INVITE_CLIENT } from '../../../src/dialog/transaction/states-invite-client.ts';
import type { ClientTransaction } from '../../../src/sbc/transaction/transaction-user.ts';
import { everyMove } from './every-move.ts';
import { NOTHING_LEFT, responseText, Stage, TCP, UDP } from './stage.ts';

const TO = '192.0.2.1:5060';

function calling(stage: Stage): ClientTransaction {
  return stage.request('INVITE');
}

function after(status: number): (stage: Stage) => ClientTransaction {
  return (stage) => {
    const transaction = calling(stage);
    stage.receive(responseText(status, 'INVITE'));
    return transaction;
  };
}

everyMove('INVITE client', INVITE_CLIENT, {
  reach: { calling, proceeding: after(180), completed: after(486), accepted: after(200) },
  happen: {
    '1xx': (stage) => stage.receive(responseText(183, 'INVITE')),
    '2xx': (stage) => stage.receive(responseText(200, 'INVITE')),
    '300-699': (stage) => stage.receive(responseText(486, 'INVITE')),
    'transport error': (stage) => stage.sendFailed(),
  },
  done: {
    'calling, timer A': [`0 > ${TO} INVITE again`, '0 + A 1000'],
    'calling, timer B': ['0 - A', '0 failed timeout terminated'],
    'calling, transport error': ['0 - A', '0 - B', '0 failed transport terminated'],
    'calling, 1xx': ['0 - A', '0 - B', '0 response 183 INVITE'],
    'calling, 2xx': ['0 - A', '0 - B', '0 + M 32000', '0 response 200 INVITE'],
    'calling, 300-699': [`0 > ${TO} ACK`, '0 - A', '0 - B', '0 + D 32000', '0 response 486 INVITE'],
    'proceeding, 1xx': ['0 response 183 INVITE'],
    'proceeding, 2xx': ['0 + M 32000', '0 response 200 INVITE'],
    'proceeding, 300-699': [`0 > ${TO} ACK`, '0 + D 32000', '0 response 486 INVITE'],
    'completed, 300-699': [`0 > ${TO} ACK again`],
    'completed, timer D': [],
    'completed, transport error': ['0 - D'],
    'accepted, 2xx': ['0 response 200 INVITE'],
    'accepted, timer M': [],
  },
});

describe('the ACK to a failure', () => {
  test("has the INVITE's Request-URI, topmost Via, Route, From, Call-ID and CSeq number, and To of the response", () => {
    const stage = new Stage();
    stage.request('INVITE', UDP, ['Route: <sip:p1.example.com;lr>', 'Route: <sip:p2.example.com;lr>']);
    stage.receive(responseText(404, 'INVITE', { toTag: 'far' }));
    expect(stage.sent[1].octets.toString().split('\r\n')).toEqual([
      'ACK sip:bob@example.com SIP/2.0',
      'Via: SIP/2.0/UDP 198.51.100.1;branch=z9hG4bK1',
      'Max-Forwards: 70',
      'From: <sip:alice@example.com>;tag=a',
      'To: <sip:bob@example.com>;tag=far',
      'Call-ID: call@example.com',
      'CSeq: 7 ACK',
      'Route: <sip:p1.example.com;lr>',
      'Route: <sip:p2.example.com;lr>',
      'Content-Length: 0',
      '',
      '',
    ]);
  });

  test('over TCP it is sent once, and the transaction is gone', () => {
    const stage = new Stage();
    stage.request('INVITE', TCP);
    stage.receive(responseText(486, 'INVITE'), TCP);
    stage.receive(responseText(486, 'INVITE'), TCP);
    expect(stage.take()).toEqual([
      `0 > ${TO}#7 INVITE`,
      '0 + B 32000',
      `0 > ${TO}#7 ACK`,
      '0 - B',
      '0 response 486 INVITE',
      '0 stray 486 INVITE',
    ]);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });
});

describe('CANCEL', () => {
  test('waits for a provisional response, and is a transaction of its own', () => {
    const stage = new Stage();
    const invite = stage.request('INVITE', UDP, ['Route: <sip:p1.example.com;lr>', 'Contact: <sip:a@b>']);
    invite.cancel([['Reason', 'SIP;cause=200']]);
    invite.cancel();
    stage.run(100);
    stage.receive(responseText(100, 'INVITE'));
    invite.cancel();
    stage.receive(responseText(180, 'INVITE'));
    stage.run(1000);
    stage.receive(responseText(200, 'CANCEL'));
    stage.receive(responseText(487, 'INVITE'));
    stage.run();
    expect(stage.take()).toEqual([
      `0 > ${TO} INVITE`,
      '0 + A 500',
      '0 + B 32000',
      '100 - A',
      '100 - B',
      '100 response 100 INVITE',
      `100 > ${TO} CANCEL`,
      '100 + E 500',
      '100 + F 32000',
      '100 + cancel 32000',
      '100 response 180 INVITE',
      `600 > ${TO} CANCEL again`,
      '600 + E 1000',
      '1100 - E',
      '1100 - F',
      '1100 + K 5000',
      `1100 > ${TO} ACK`,
      '1100 - cancel',
      '1100 + D 32000',
      '1100 response 487 INVITE',
    ]);
    expect(stage.left).toEqual(NOTHING_LEFT);
    expect(stage.sent[1].octets.toString().split('\r\n')).toEqual([
      'CANCEL sip:bob@example.com SIP/2.0',
      'Via: SIP/2.0/UDP 198.51.100.1;branch=z9hG4bK1',
      'Max-Forwards: 70',
      'From: <sip:alice@example.com>;tag=a',
      'To: <sip:bob@example.com>',
      'Call-ID: call@example.com',
      'CSeq: 7 CANCEL',
      'Route: <sip:p1.example.com;lr>',
      'Reason: SIP;cause=200',
      'Content-Length: 0',
      '',
      '',
    ]);
  });

  test('is not sent when the first response is final', () => {
    const stage = new Stage();
    const invite = stage.request('INVITE');
    invite.cancel();
    stage.receive(responseText(200, 'INVITE'));
    invite.cancel();
    stage.run();
    expect(stage.sent.map(({ octets }) => octets.toString().slice(0, 6))).toEqual(['INVITE']);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });

  test('sent by the user as the provisional response comes', () => {
    const stage = new Stage();
    stage.onResponse = (message, of) => {
      if (message.status === 180) of.cancel();
    };
    stage.request('INVITE', TCP);
    stage.receive(responseText(180, 'INVITE'), TCP);
    // Crossing on the wire: the call was answered first.
    stage.receive(responseText(200, 'INVITE'), TCP);
    stage.receive(responseText(200, 'CANCEL'), TCP);
    stage.run();
    expect(stage.take()).toEqual([
      `0 > ${TO}#7 INVITE`,
      '0 + B 32000',
      '0 - B',
      '0 response 180 INVITE',
      `0 > ${TO}#7 CANCEL`,
      '0 + F 32000',
      '0 + cancel 32000',
      '0 - cancel',
      '0 + M 32000',
      '0 response 200 INVITE',
      '0 - F',
    ]);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });

  test('without any final response for 64*T1 the INVITE fails', () => {
    const stage = new Stage();
    const invite = stage.request('INVITE', TCP);
    stage.receive(responseText(180, 'INVITE'), TCP);
    stage.run(60_000);
    invite.cancel();
    stage.receive(responseText(200, 'CANCEL'), TCP);
    stage.run();
    expect(stage.take().slice(4)).toEqual([
      `60000 > ${TO}#7 CANCEL`,
      '60000 + F 32000',
      '60000 + cancel 32000',
      '60000 - F',
      '92000 failed timeout terminated',
    ]);
    expect(stage.left).toEqual(NOTHING_LEFT);
    // The transaction is over: neither does anything more.
    invite.cancel();
    stage.receive(responseText(487, 'INVITE'), TCP);
    expect(stage.take()).toEqual(['92000 stray 487 INVITE']);
  });

  test('one that is not answered does no harm to its INVITE', () => {
    const stage = new Stage();
    stage.request('INVITE').cancel();
    stage.receive(responseText(100, 'INVITE'));
    stage.run(31_000);
    stage.receive(responseText(487, 'INVITE'));
    stage.run();
    expect(stage.take().filter((line) => /response|failed/.test(line))).toEqual([
      '0 response 100 INVITE',
      '31000 response 487 INVITE',
    ]);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });
});

describe('a user that has gone', () => {
  test('hears nothing more; failures are acknowledged for all that', () => {
    const stage = new Stage();
    const invite = stage.request('INVITE');
    invite.abandon();
    stage.receive(responseText(180, 'INVITE'));
    stage.receive(responseText(486, 'INVITE'));
    stage.run();
    expect(stage.take().slice(3)).toEqual(['0 - A', '0 - B', `0 > ${TO} ACK`, '0 + D 32000']);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });

  test('a 2xx is a stray response then: somebody has to acknowledge it', () => {
    const stage = new Stage();
    stage.request('INVITE').abandon();
    stage.receive(responseText(200, 'INVITE'));
    stage.receive(responseText(200, 'INVITE'));
    stage.run();
    expect(stage.take().slice(3)).toEqual([
      '0 - A',
      '0 - B',
      '0 + M 32000',
      '0 stray 200 INVITE',
      '0 stray 200 INVITE',
    ]);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });

  test('nor of a timeout', () => {
    const stage = new Stage();
    stage.request('INVITE', TCP).abandon();
    stage.run();
    expect(stage.take()).toEqual([`0 > ${TO}#7 INVITE`, '0 + B 32000']);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });
});

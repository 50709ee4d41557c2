// The INVITE server transaction, move by move, and the requests that are about it: ACK, and INVITE again.
import { describe, expect, test } from 'vitest';
import { INVITE_SERVER } from '../../../src/dialog/transaction/states-invite-server.ts';
import type { ServerTransaction } from '../../../src/sbc/transaction/transaction-user.ts';
import { everyMove } from './every-move.ts';
import { NOTHING_LEFT, requestText, Stage, TCP } from './stage.ts';

const TO = '192.0.2.1:5060';

function after(...statuses: number[]): (stage: Stage) => ServerTransaction {
  return (stage) => {
    stage.receive(requestText('INVITE'));
    for (const status of statuses) stage.respond(stage.requests[0], status);
    return stage.requests[0];
  };
}

function confirmed(stage: Stage): ServerTransaction {
  const transaction = after(100, 486)(stage);
  stage.receive(requestText('ACK', { toTag: 'b' }));
  return transaction;
}

everyMove('INVITE server', INVITE_SERVER, {
  reach: { proceeding: after(100, 180), completed: after(100, 486), confirmed, accepted: after(100, 200) },
  happen: {
    INVITE: (stage) => stage.receive(requestText('INVITE')),
    ACK: (stage) => stage.receive(requestText('ACK', { toTag: 'b' })),
    'send 1xx': (stage, invite) => stage.respond(invite, 183),
    'send 2xx': (stage, invite) => stage.respond(invite, 200),
    'send 300-699': (stage, invite) => stage.respond(invite, 404),
    'transport error': (stage) => stage.sendFailed(),
  },
  done: {
    'proceeding, INVITE': [`0 > ${TO} 180 INVITE again`],
    'proceeding, send 1xx': [`0 > ${TO} 183 INVITE`],
    'proceeding, send 2xx': [`0 > ${TO} 200 INVITE`, '0 + L 32000'],
    'proceeding, send 300-699': [`0 > ${TO} 404 INVITE`, '0 + G 500', '0 + H 32000'],
    'proceeding, transport error': ['0 unsent proceeding unreachable'],
    'completed, INVITE': [`0 > ${TO} 486 INVITE again`],
    'completed, timer G': [`0 > ${TO} 486 INVITE again`, '0 + G 1000'],
    'completed, ACK': ['0 - G', '0 - H', '0 + I 5000'],
    'completed, timer H': ['0 - G', '0 unacknowledged terminated'],
    'completed, transport error': ['0 unsent completed unreachable'],
    'confirmed, ACK': [],
    'confirmed, timer I': [],
    'accepted, INVITE': [],
    'accepted, ACK': ['0 ack z9hG4bK1'],
    'accepted, send 2xx': [`0 > ${TO} 200 INVITE again`],
    'accepted, timer L': [],
    'accepted, transport error': ['0 unsent accepted unreachable'],
  },
});

test('nothing is sent to a retransmission before there is a response', () => {
  const stage = new Stage();
  stage.receive(requestText('INVITE'));
  stage.receive(requestText('INVITE'));
  expect(stage.take()).toEqual(['0 request INVITE']);
});

test('over TCP: no timer G, and gone with the ACK', () => {
  const stage = new Stage();
  stage.receive(requestText('INVITE'), TCP);
  stage.respond(stage.requests[0], 486);
  stage.run(2000);
  stage.receive(requestText('ACK', { toTag: 'b' }), TCP);
  expect(stage.take()).toEqual(['0 request INVITE', `0 > ${TO}#7 486 INVITE`, '0 + H 32000', '2000 - H']);
  expect([stage.requests[0].state, stage.left]).toEqual(['terminated', NOTHING_LEFT]);
  // Later ones belong to nothing.
  stage.respond(stage.requests[0], 486);
  stage.receive(requestText('ACK', { toTag: 'b' }), TCP);
  expect(stage.take()).toEqual(['2000 ack z9hG4bK1']);
});

describe('2xx', () => {
  test('several, of the branches of a fork, are passed out; a failure after it is not', () => {
    const stage = new Stage();
    stage.receive(requestText('INVITE'), TCP);
    const [invite] = stage.requests;
    stage.respond(invite, 200, 'b');
    stage.respond(invite, 200, 'c');
    stage.respond(invite, 200, 'c');
    stage.respond(invite, 486, 'd');
    expect(invite.answered).toBe(true);
    stage.run();
    expect(stage.take()).toEqual([
      '0 request INVITE',
      `0 > ${TO}#7 200 INVITE`,
      '0 + L 32000',
      `0 > ${TO}#7 200 INVITE`,
      `0 > ${TO}#7 200 INVITE again`,
    ]);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });

  test('its ACK is passed up, whatever its branch', () => {
    const stage = new Stage();
    stage.receive(requestText('INVITE'));
    stage.respond(stage.requests[0], 200);
    stage.receive(requestText('ACK', { toTag: 'b', branch: 'z9hG4bK2' }));
    stage.receive(requestText('ACK', { toTag: 'b' }));
    stage.run();
    expect(stage.take().slice(3)).toEqual(['0 ack z9hG4bK2', '0 ack z9hG4bK1']);
  });
});

test('the tag of responses is known from them, from the request, or from the user', () => {
  const stage = new Stage();
  stage.receive(requestText('INVITE'));
  stage.receive(requestText('INVITE', { branch: 'z9hG4bK2', toTag: 'x' }));
  const [first, second] = stage.requests;
  const tags = [first.toTag, second.toTag];
  stage.respond(first, 100);
  tags.push(first.toTag);
  stage.respond(first, 180, 'y');
  tags.push(first.toTag);
  first.toTag = 'z';
  expect([...tags, first.toTag]).toEqual(['', 'x', '', 'y', 'z']);
});

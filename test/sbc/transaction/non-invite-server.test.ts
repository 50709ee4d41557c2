// The server transaction of other methods, move by move.
import { expect, test } from 'vitest';
import { NON_INVITE_SERVER } from '../../../src/dialog/transaction/states-non-invite-server.ts';
import type { ServerTransaction } from '../../../src/sbc/transaction/transaction-user.ts';
import { everyMove } from './every-move.ts';
import { NOTHING_LEFT, requestText, Stage, TCP } from './stage.ts';

const TO = '192.0.2.1:5060';

function after(...statuses: number[]): (stage: Stage) => ServerTransaction {
  return (stage) => {
    stage.receive(requestText('BYE'));
    for (const status of statuses) stage.respond(stage.requests[0], status);
    return stage.requests[0];
  };
}

everyMove('non-INVITE server', NON_INVITE_SERVER, {
  reach: { trying: after(), proceeding: after(100), completed: after(200) },
  happen: {
    request: (stage) => stage.receive(requestText('BYE')),
    'send 1xx': (stage, bye) => stage.respond(bye, 100),
    'send 200-699': (stage, bye) => stage.respond(bye, 481),
    // Where nothing was sent nothing can fail.
    'transport error': (stage) => {
      if (stage.sent.length > 0) stage.sendFailed();
    },
  },
  done: {
    'trying, request': [],
    'trying, send 1xx': [`0 > ${TO} 100 BYE`],
    'trying, send 200-699': [`0 > ${TO} 481 BYE`, '0 + J 32000'],
    'proceeding, request': [`0 > ${TO} 100 BYE again`],
    'proceeding, send 1xx': [`0 > ${TO} 100 BYE again`],
    'proceeding, send 200-699': [`0 > ${TO} 481 BYE`, '0 + J 32000'],
    'proceeding, transport error': ['0 unsent terminated unreachable'],
    'completed, request': [`0 > ${TO} 200 BYE again`],
    'completed, send 200-699': [],
    'completed, timer J': [],
    'completed, transport error': ['0 - J', '0 unsent terminated unreachable'],
  },
});

test('over TCP it is gone with the final response', () => {
  const stage = new Stage();
  stage.receive(requestText('BYE'), TCP);
  stage.respond(stage.requests[0], 100);
  stage.respond(stage.requests[0], 200);
  expect(stage.take()).toEqual(['0 request BYE', `0 > ${TO}#7 100 BYE`, `0 > ${TO}#7 200 BYE`]);
  expect([stage.requests[0].answered, stage.requests[0].state, stage.left]).toEqual([
    true,
    'terminated',
    NOTHING_LEFT,
  ]);
});

// The client transaction of other methods, move by move.
import { expect, test } from 'vitest';
import { NON_INVITE_CLIENT } from '../../../src/dialog/transaction/states-non-invite-client.ts';
import type { ClientTransaction } from '../../../src/sbc/transaction/transaction-user.ts';
import { everyMove } from './every-move.ts';
import { NOTHING_LEFT, responseText, Stage, TCP } from './stage.ts';

const TO = '192.0.2.1:5060';

function after(...statuses: number[]): (stage: Stage) => ClientTransaction {
  return (stage) => {
    const transaction = stage.request('OPTIONS');
    for (const status of statuses) stage.receive(responseText(status, 'OPTIONS'));
    return transaction;
  };
}

everyMove('non-INVITE client', NON_INVITE_CLIENT, {
  reach: { trying: after(), proceeding: after(100), completed: after(200) },
  happen: {
    '1xx': (stage) => stage.receive(responseText(100, 'OPTIONS')),
    '200-699': (stage) => stage.receive(responseText(404, 'OPTIONS')),
    'transport error': (stage) => stage.sendFailed(),
  },
  done: {
    'trying, timer E': [`0 > ${TO} OPTIONS again`, '0 + E 1000'],
    'trying, timer F': ['0 - E', '0 failed timeout terminated'],
    'trying, transport error': ['0 - E', '0 - F', '0 failed transport terminated'],
    'trying, 1xx': ['0 response 100 OPTIONS'],
    'trying, 200-699': ['0 - E', '0 - F', '0 + K 5000', '0 response 404 OPTIONS'],
    'proceeding, timer E': [`0 > ${TO} OPTIONS again`, '0 + E 4000'],
    'proceeding, timer F': ['0 - E', '0 failed timeout terminated'],
    'proceeding, transport error': ['0 - E', '0 - F', '0 failed transport terminated'],
    'proceeding, 1xx': ['0 response 100 OPTIONS'],
    'proceeding, 200-699': ['0 - E', '0 - F', '0 + K 5000', '0 response 404 OPTIONS'],
    'completed, 200-699': [],
    'completed, timer K': [],
  },
});

test('over TCP it is gone with the final response', () => {
  const stage = new Stage();
  stage.request('OPTIONS', TCP);
  stage.receive(responseText(200, 'OPTIONS'), TCP);
  stage.receive(responseText(200, 'OPTIONS'), TCP);
  expect(stage.take()).toEqual([
    `0 > ${TO}#7 OPTIONS`,
    '0 + F 32000',
    '0 - F',
    '0 response 200 OPTIONS',
    '0 stray 200 OPTIONS',
  ]);
  expect(stage.left).toEqual(NOTHING_LEFT);
});

test('CANCEL is for INVITE alone (RFC 3261 §9.1)', () => {
  const stage = new Stage();
  const options = stage.request('OPTIONS', TCP);
  stage.receive(responseText(100, 'OPTIONS'), TCP);
  stage.take();
  options.cancel();
  expect(stage.take()).toEqual([]);
});

test('a user that has gone hears nothing', () => {
  const stage = new Stage();
  stage.request('OPTIONS', TCP).abandon();
  stage.receive(responseText(100, 'OPTIONS'), TCP);
  stage.run();
  expect(stage.take()).toEqual([`0 > ${TO}#7 OPTIONS`, '0 + F 32000']);
  expect(stage.left).toEqual(NOTHING_LEFT);
});

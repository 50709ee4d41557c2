// A registration that lasts keeps few of its transactions, but the challenge that its credentials answer.
import { expect, test } from 'vitest';
import { play } from './scenario.ts';

const CREDENTIALS = '| Authorization: Digest username="a", realm="e", nonce="1", response="1"';
const CONTACT = '<sip:alice@10.0.0.1>;expires=600';

test('credentials of an old challenge are still known to be turned down', () => {
  const lines = [
    '0 A>R REGISTER',
    '10 R>A 401 of=REGISTER to=r | WWW-Authenticate: Digest realm="e", nonce="1"',
  ];
  for (let cseq = 2; cseq <= 60; cseq++) {
    lines.push(`${cseq * 60_000} A>R REGISTER cseq=${cseq} ${CREDENTIALS} | Contact: ${CONTACT}`);
    lines.push(`${cseq * 60_000 + 10} R>A 200 of=REGISTER cseq=${cseq} | Contact: ${CONTACT}`);
  }
  lines.push(`3660000 A>R REGISTER cseq=61 ${CREDENTIALS} | Contact: ${CONTACT}`);
  lines.push(
    '3660010 R>A 401 of=REGISTER cseq=61 to=r | WWW-Authenticate: Digest realm="e", nonce="2"',
    // Sent again within the time that transactions are kept for.
    '3660510 R>A 401 of=REGISTER cseq=61 to=r | WWW-Authenticate: Digest realm="e", nonce="2"',
  );
  const { calls, infos } = play(lines.join('\n'));
  expect(
    calls.map(({ kind, state, messages, retransmissions }) => [kind, state, messages, retransmissions]),
  ).toEqual([['registration', 'registered', 123, 1]]);
  expect(
    infos
      .slice(-3)
      .map(({ transaction, moment, retransmissionOf }) => [transaction, moment, retransmissionOf]),
  ).toEqual([
    [60, 'attempt', 0],
    [60, 'rejected', 0],
    [60, '', 122],
  ]);
});

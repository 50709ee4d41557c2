// What reached the SBC, and what it sent for its sake, on captures of both sides of a box.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { RecordedMessage } from '../../src/replay/recorded-message.ts';
import { readPolicy, readRecording } from './read-recording.ts';

const SIDES = 'samples/sbc-sides';
const CORPUS = resolve(import.meta.dirname, '../../../shared/captures/sbc');

test('each message that the SBC sent has what made it send it', async () => {
  const { messages, others, unkept } = await readRecording(
    [`${SIDES}/registered.pcapng`],
    readPolicy(`${SIDES}/passthrough.yaml`),
  );
  expect({ others, unkept, lines: messages.map(line) }).toEqual({
    others: 0,
    unkept: 0,
    lines: [
      '1 in caller_adj REGISTER',
      '2 out callee_adj REGISTER of 1',
      '3 in callee_adj 200 REGISTER to 2',
      '4 out caller_adj 200 REGISTER to 1 of 3',
      '5 in caller_adj INVITE',
      '6 out caller_adj 100 INVITE to 5 of 5',
      '7 out callee_adj INVITE of 5',
      '8 in callee_adj 100 INVITE to 7',
      '9 in callee_adj 200 INVITE to 7',
      '10 out caller_adj 200 INVITE to 5 of 9',
      '11 in caller_adj ACK',
      '12 out callee_adj ACK of 11',
      '13 in caller_adj MESSAGE',
      '14 out callee_adj MESSAGE of 13',
      '15 in callee_adj 200 MESSAGE to 14',
      '16 out caller_adj 200 MESSAGE to 13 of 15',
      '17 in caller_adj BYE',
      '18 out callee_adj BYE of 17',
      '19 in callee_adj 200 BYE to 18',
      '20 out caller_adj 200 BYE to 17 of 19',
    ],
  });
});

test('messages of others are counted, not replayed', async () => {
  const policy = readPolicy(`${SIDES}/rewriting.yaml`);
  const { messages, others } = await readRecording(['samples/plain-call/call.pcap'], {
    ...policy,
    adjacencies: policy.adjacencies.slice(1),
  });
  expect({ messages: messages.length, others: others > 0 }).toEqual({ messages: 0, others: true });
});

test.skipIf(!existsSync(CORPUS))(
  `real boxes: everything that they sent has its cause ${existsSync(CORPUS) ? '' : '(skipped: no corpus)'}`,
  async () => {
    const policy = readPolicy(`${SIDES}/rewriting.yaml`);
    const found: Record<string, number[]> = {};
    for (const name of ['k-plain-tcp', 'k-topos-udp', 's-basic-udp', 's-hide-udp']) {
      const { messages, scenarios } = await readRecording([`${CORPUS}/${name}.pcap`], policy);
      const sent = messages.filter(({ way, repeats }) => way === 'out' && repeats === null);
      found[name] = [sent.length, sent.filter(({ cause }) => cause === null).length, scenarios.all.length];
    }
    expect(found).toEqual({
      'k-plain-tcp': [888, 0, 120],
      'k-topos-udp': [888, 0, 120],
      's-basic-udp': [888, 0, 120],
      's-hide-udp': [888, 0, 120],
    });
  },
);

function line({ message, way, adjacency, request, cause, repeats }: RecordedMessage): string {
  const what = message.isRequest ? message.method : `${message.status} ${message.cseqMethod}`;
  const to = request === null ? '' : ` to ${request.message.frame}`;
  const of = cause === null ? '' : ` of ${cause.message.frame}`;
  const again = repeats === null ? '' : ` again ${repeats.message.frame}`;
  return `${message.frame} ${way} ${adjacency.name} ${what}${to}${of}${again}`;
}

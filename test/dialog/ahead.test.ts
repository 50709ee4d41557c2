// What the correlator is told of messages to come changes nothing of what it makes of them.
import { expect, test } from 'vitest';
import { Correlator } from '../../src/dialog/correlator.ts';
import { MessageMarks } from '../../src/dialog/marks.ts';
import { callRecord } from '../../src/dialog/record/call-record.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { messagesOf } from './scenario.ts';

const MESSAGES = messagesOf(
  `0 A>B INVITE sdp=audio
   1 A>B OPTIONS id=other
   10 B>A 180 to=b
   20 B>A 200 to=b sdp=audio
   30 A>B ACK to=b
   31 B>A 200 of=OPTIONS id=other to=o
   90000 A>B BYE cseq=2 to=b
   90010 B>A 200 of=BYE cseq=2 to=b
   200000 A>B OPTIONS id=later`,
);

test('some, all, none, and such as never come', () => {
  const alone = records(MESSAGES, () => []);
  expect(alone.length).toBe(3);
  const callIds = MESSAGES.map((m) => new MessageMarks().read(m).callId);
  expect(records(MESSAGES, (index) => callIds.slice(index, index + 4))).toEqual(alone);
  expect(records(MESSAGES, () => callIds)).toEqual(alone);
  expect(records(MESSAGES, () => [0, -1, 7, 0x7fffffff])).toEqual(alone);
});

function records(messages: readonly SipMessage[], ahead: (index: number) => number[]): unknown[] {
  const found: unknown[] = [];
  const correlator = new Correlator({ reuseCalls: true, onCall: (call) => found.push(callRecord(call)) });
  messages.forEach((message, index) => {
    const hashes = Int32Array.from(ahead(index));
    correlator.expect(hashes, hashes.length);
    correlator.message(message);
  });
  correlator.end();
  return found;
}

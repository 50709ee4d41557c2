// Facts are the same objects while the call is on the shelf; made anew they say the same, and see as far as before.
import { expect, test } from 'vitest';
import { FactsShelf } from '../../../src/rules/facts/facts-shelf.ts';
import { MessageRef } from '../../../src/rules/facts/message-ref.ts';
import { callOf } from '../../dialog/scenario.ts';

const SCRIPT = `0 A>B INVITE sdp=audio
   10 B>A 200 sdp=audio
   20 A>B ACK to=b
   30 A>B BYE cseq=2 to=b
   40 B>A 200 of=BYE cseq=2`;

test('facts that were forgotten are made anew', () => {
  const shelf = new FactsShelf();
  const call = callOf(SCRIPT);
  const then = { seconds: 5, nanoseconds: 0 };
  const before = shelf.judged(call, then);
  expect(shelf.of(call, { seconds: 9, nanoseconds: 0 })).toBe(before);
  // Enough others to push it off.
  for (let n = 0; n < 3; n++) shelf.judged(callOf(SCRIPT), then);
  const after = shelf.of(call, { seconds: 9, nanoseconds: 0 });
  expect(after).not.toBe(before);
  expect(after.until).toEqual(then);
  const seen = (facts: typeof after) =>
    facts.legs.map(({ messages }) => messages.map(({ sip, event }) => `${sip.bytes()} ${event.moment}`));
  expect(seen(after)).toEqual(seen(before));
});

test('a remembered message is found again', () => {
  const call = callOf(SCRIPT);
  const facts = new FactsShelf().judged(call, { seconds: 5, nanoseconds: 0 });
  const message = facts.legs[0]!.messages[3]!;
  const ref = new MessageRef(message);
  expect([ref.frame, ref.facts.sip.bytes()]).toEqual([4, message.sip.bytes()]);
  expect(ref.facts).not.toBe(message);
});

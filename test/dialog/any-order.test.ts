// Any sequence of a scenario's messages, whatever is left out, repeated or out of order: never an exception, every message
// counted once, packets ascending, every call handed on once, states among those that are documented.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CALL_STATES } from '../../src/dialog/call-state.ts';
import { Correlator } from '../../src/dialog/correlator.ts';
import { callRecord } from '../../src/dialog/record/call-record.ts';
import { writeCallRecord } from '../../src/dialog/record/call-record-writer.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { messagesOf, playMessages } from './scenario.ts';

const SCENARIOS = [
  `0 A>B INVITE sdp=audio
   1 B>C INVITE via=2 branch=p1 sdp=audio
   2 B>D INVITE via=2 branch=p2 sdp=audio
   3 B>A 100
   10 C>B 180 to=c branch=p1
   11 B>A 180 to=c
   20 D>B 200 to=d branch=p2 sdp=audio
   21 B>A 200 to=d sdp=audio
   22 B>C CANCEL branch=p1
   23 C>B 200 of=CANCEL to=c branch=p1
   24 C>B 487 to=c branch=p1
   25 B>C ACK to=c branch=p1
   30 A>D ACK to=d
   500 B>A 200 to=d dup=8
   600 D>A INVITE from=d to=a sdp=hold
   610 A>D 491 from=d to=a
   620 D>A ACK from=d to=a branch=INVITE-1-DA
   700 A>D UPDATE cseq=2 to=d sdp=video
   710 D>A 500 of=UPDATE cseq=2 to=d
   900 A>D BYE cseq=3 to=d | Reason: Q.850;cause=16
   901 D>A BYE cseq=2 from=d to=a
   910 D>A 407 of=BYE cseq=3 to=d
   920 A>D BYE cseq=4 to=d
   930 D>A 200 of=BYE cseq=4 to=d
   1000 A>B INVITE from=again branch=again`,
  `0 A>R REGISTER | Contact: <sip:a@h>
   10 R>A 401 of=REGISTER
   20 A>R REGISTER cseq=2 | Contact: <sip:a@h>
   30 R>A 200 of=REGISTER cseq=2 | Contact: <sip:a@h>;expires=60
   40 A>R SUBSCRIBE cseq=3 | Event: presence
   50 R>A NOTIFY from=b to=a | Event: presence | Subscription-State: active
   60 R>A 200 of=SUBSCRIBE cseq=3 | Expires: 30
   70 A>R REFER cseq=4 to=b | Refer-To: <sip:c@h?Replaces=call-1>
   80 R>A NOTIFY cseq=2 from=b to=a | Subscription-State: terminated;reason=x
   90 A>B MESSAGE cseq=5 text=hi
   100 B>A 202 of=MESSAGE cseq=5
   110 A>B OPTIONS cseq=6 branch=-
   120 B>A 481 of=OPTIONS cseq=6 branch=-
   130 A>B WHAT cseq=7
   140 A>R REGISTER cseq=8 | Contact: * | Expires: 0
   150 R>A 200 of=REGISTER cseq=8`,
].map(messagesOf);

const LIMITS = { openCalls: 2, transactionsPerCall: 4, dialogsPerCall: 2, eventsPerCall: 10 };

const ANY_ORDER = fc
  .array(
    fc.record({
      scenario: fc.nat(SCENARIOS.length - 1),
      line: fc.nat(30),
      later: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 0, max: 2 }) },
        fc.integer({ min: -100, max: 5000 }),
      ),
    }),
    { maxLength: 80 },
  )
  .map((steps) => {
    let time = 1_795_232_400;
    return steps.map(({ scenario, line, later }, index) => {
      const lines = SCENARIOS[scenario];
      const message: SipMessage = lines[line % lines.length].keep();
      time += later;
      message.frame = index + 1;
      message.seconds = time;
      return message;
    });
  });

test('subsets, repetitions, permutations, jumps in time', () => {
  fc.assert(
    fc.property(ANY_ORDER, fc.boolean(), (messages, tight) => {
      const { calls, infos } = playMessages(messages, tight ? LIMITS : undefined);
      expect(calls.reduce((sum, call) => sum + call.messages, 0)).toBe(messages.length);
      expect(infos.length).toBe(messages.length);
      expect(calls.map(({ id }) => id)).toEqual(calls.map((_, index) => index + 1));
      const frames = calls.flatMap((call) => call.frames);
      expect(frames.length).toBe(messages.length);
      expect([...frames].sort((a, b) => a - b)).toEqual(messages.map(({ frame }) => frame));
      for (const call of calls) {
        expect([...call.frames].sort((a, b) => a - b)).toEqual(call.frames);
        expect(Object.hasOwn(CALL_STATES, call.state)).toBe(true);
        expect(call.retransmissions + call.duplicates).toBeLessThanOrEqual(call.messages);
        for (const span of Object.values(call.timings)) expect(span === null || span >= 0).toBe(true);
        expect(writeCallRecord(call)).toBe(JSON.stringify(callRecord(call)));
      }
    }),
    { numRuns: 400 },
  );
});

test('a call made of the room of another is the same', () => {
  fc.assert(
    fc.property(ANY_ORDER, fc.boolean(), (messages, tight) => {
      expect(records(messages, tight, true)).toEqual(records(messages, tight, false));
    }),
    { numRuns: 400 },
  );
});

/** Calls as they are when they are handed on. */
function records(messages: readonly SipMessage[], tight: boolean, reuseCalls: boolean): string[] {
  const written: string[] = [];
  const correlator = new Correlator({
    reuseCalls,
    onCall: (call) => written.push(writeCallRecord(call)),
    ...(tight && { limits: LIMITS }),
  });
  for (const message of messages) correlator.message(message);
  correlator.end();
  return written;
}

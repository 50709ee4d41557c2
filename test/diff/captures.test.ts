// Whole comparisons: which calls belong together, how they ended, how long messages took, what is too much to keep.
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../dialog/scenario.ts';
import { compared, short, type Wishes } from './compared.ts';

function run(before: string, after: string, wishes?: Wishes) {
  const { pairs, alone, summary } = compared(messagesOf(before), messagesOf(after), wishes);
  const named = pairs.map(({ by, before, after }) => `${before.callId} ${by} ${after.callId}`);
  return {
    pairs,
    summary,
    named,
    alone: alone.map(({ side, call }) => `${side} ${call.callId}`),
    lone: alone,
  };
}

describe('which calls belong together', () => {
  test('by Call-ID, then by who calls whom in the order of time', () => {
    const before =
      '0 A>B INVITE id=one\n 10 A>B INVITE id=two user=carol,bob\n 20 A>B INVITE id=three\n 30 A>B OPTIONS id=four';
    const after =
      '0 A>B INVITE id=x\n 10 A>B INVITE id=y user=carol,bob\n 20 A>B INVITE id=one\n 30 A>B INVITE id=z\n 40 A>B MESSAGE id=m';
    const found = run(before, after);
    expect(found.named).toEqual(['one call-id one', 'three parties x', 'two parties y']);
    expect(found.alone).toEqual(['before four', 'after z', 'after m']);
    expect(run(before, after, { by: 'call-id' }).named).toEqual(['one call-id one']);
    expect(run(before, after, { by: 'parties' }).named).toEqual([
      'one parties x',
      'two parties y',
      'three parties one',
    ]);
  });

  test('a Call-ID that is used again', () => {
    const again = '0 A>B INVITE\n 10 B>A 486\n 400000 A>B INVITE cseq=2\n 400010 B>A 200 cseq=2';
    const { pairs } = run(again, again);
    expect(pairs.map((pair) => [pair.before.id, pair.after.id, ...short(pair)])).toEqual([
      [1, 1, 'INVITE (1) 1=1', '486 Busy Here (1 INVITE) 2=2'],
      [2, 2, 'INVITE (2) 3=3', '200 OK (2 INVITE) 4=4'],
    ]);
  });

  test('a call of another time than the other capture is told as such', () => {
    const { lone } = run(
      '0 A>B INVITE id=early\n 1000 A>B INVITE id=both\n 9000 A>B INVITE id=late',
      '1000 A>B INVITE id=both\n 2000 A>B MESSAGE id=other\n 3000 A>B OPTIONS id=last',
      { by: 'call-id' },
    );
    expect(lone.map(({ call, beside }) => [call.callId, beside])).toEqual([
      ['early', true],
      ['late', true],
      ['other', false],
      ['last', false],
    ]);
  });
});

describe('calls as a whole', () => {
  test('another end, other media', () => {
    const [pair] = run(
      '0 A>B INVITE sdp=video\n 10 B>A 200 sdp=audio\n 20 A>B ACK to=b\n 900 A>B BYE cseq=2 to=b\n 910 B>A 200 of=BYE cseq=2',
      '0 A>B INVITE id=2 sdp=audio\n 10 B>A 486 id=2',
    ).pairs;
    expect(pair!.facts).toEqual([
      { name: 'state', before: 'completed', after: 'busy' },
      { name: 'cause', before: 'BYE by the caller', after: '486 Busy Here' },
      {
        name: 'media of the caller',
        before: 'audio PCMU/8000; video H264/90000',
        after: 'audio PCMU/8000,PCMA/8000',
      },
      { name: 'media of the callee', before: 'audio PCMU/8000,PCMA/8000', after: '' },
    ]);
  });

  test('delays of two runs, where they differ by more than a fifth and a tenth of a second', () => {
    const call = (ringing: number, answered: number, id: string): string =>
      `0 A>B INVITE id=${id}\n ${ringing} B>A 180 id=${id}\n ${answered} B>A 200 id=${id}`;
    const delays = (before: string, after: string) => run(before, after).pairs[0]!.delays;
    expect(delays(call(50, 1000, 'x'), call(140, 1190, 'y'))).toEqual([]);
    expect(delays(call(50, 1000, 'x'), call(160, 1300, 'y'))).toEqual([
      { name: 'sessionRequestDelay', before: 50, after: 160 },
      { name: 'setupTime', before: 1000, after: 1300 },
      { name: 'responseDelay', before: 1000, after: 1300 },
    ]);
    expect(delays(call(50, 1000, 'x'), call(160, 1300, 'x'))).toEqual([]);
  });
});

describe('how long messages took', () => {
  const inside = (id: string): string =>
    `0 A>B INVITE id=${id}\n 100 B>A 180 id=${id}\n 200 B>A 200 id=${id}`;
  const outside = (ahead: number): string =>
    `${ahead + 10} A>B INVITE\n ${ahead + 95} B>A 180\n ${ahead + 193} B>A 200`;

  test('by one clock', () => {
    expect(run(inside('call-1'), outside(0)).summary.transit).toEqual({
      offset: 0,
      away: { count: 1, median: 10, lowest: 10, highest: 10 },
      back: { count: 2, median: 6, lowest: 5, highest: 7 },
    });
  });

  test('by clocks that are apart', () => {
    const { offset, away, back } = run(inside('call-1'), outside(5000)).summary.transit;
    expect([offset, away!.median, back!.median]).toEqual([5002, 8, 8]);
  });

  test('the callee may be the nearer one', () => {
    const { away, back } = run(outside(0), inside('call-1')).summary.transit;
    expect([away!.count, away!.median, back!.count, back!.median]).toEqual([2, 6, 1, 10]);
  });

  test('what a box answers by itself took no time, and two runs have none', () => {
    const { pairs } = run(
      '0 A>B INVITE\n 1 B>A 100\n 50 A>B CANCEL\n 51 B>A 200 of=CANCEL',
      '5 B>C INVITE via=2\n 9 C>B 100 via=2\n 57 B>C CANCEL\n 58 C>B 200 of=CANCEL',
    );
    expect(pairs[0]!.messages.map(({ transit }) => transit)).toEqual([5, null, null, null]);
    const { summary } = run(inside('x'), inside('y'));
    expect(summary.transit).toEqual({ offset: 0, away: null, back: null });
  });
});

test('counts, and the changes that are met most', () => {
  const { summary } = run(
    '0 A>B INVITE | X-Foo: 1 | Subject: a\n 10 B>A 200 | X-Foo: 1\n 20 A>B ACK to=b\n 0 A>B OPTIONS id=2',
    '0 A>B INVITE | Subject: b\n 10 B>A 200',
  );
  expect({ ...summary, transit: null }).toEqual({
    before: { calls: 2, messages: 4, only: 1 },
    after: { calls: 1, messages: 2, only: 0 },
    pairs: { byCallId: 1, byParties: 0, same: 0, differing: 1, uncompared: 0 },
    messages: { matched: 2, changed: 2, onlyBefore: 2, onlyAfter: 0, uncompared: 0 },
    changes: [
      {
        name: 'X-Foo',
        change: 'gone',
        messages: 2,
        example: { name: 'X-Foo', change: 'gone', before: ['1'], after: [], secret: false, frames: [1, 1] },
      },
      {
        name: 'Subject',
        change: 'changed',
        messages: 1,
        example: {
          name: 'Subject',
          change: 'changed',
          before: ['a'],
          after: ['b'],
          secret: false,
          frames: [1, 1],
        },
      },
    ],
    transit: null,
  });
});

test('what is too much to keep is counted, and not compared', () => {
  const script = '0 A>B INVITE id=1\n 1 B>A 200 id=1\n 10 A>B INVITE id=2\n 11 B>A 486 id=2';
  const { summary, pairs } = run(script, script.replace('486', '480'), { room: 300 });
  expect(summary.pairs).toEqual({ byCallId: 2, byParties: 0, same: 1, differing: 1, uncompared: 1 });
  expect(pairs.map(({ compared, facts }) => [compared, facts.length])).toEqual([
    [true, 0],
    [false, 2],
  ]);
});

test('what is beyond what is kept of one call is counted, and not compared', () => {
  const script = Array.from({ length: 20_003 }, (_, at) => `${at} A>B INFO id=1 cseq=${at + 1}`).join('\n');
  const { summary, pairs } = run(script, script);
  expect(summary.messages).toEqual({
    ...{ matched: 20_000, changed: 0, onlyBefore: 0, onlyAfter: 0 },
    uncompared: 3,
  });
  expect(pairs.map(({ beyond }) => beyond)).toEqual([3]);
});

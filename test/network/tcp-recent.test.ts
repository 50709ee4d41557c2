import { expect, test } from 'vitest';
import { AGAIN, OctetHistory, RecentSegments } from '../../src/network/tcp/tcp-recent.ts';
import { TcpSegment } from '../../src/network/tcp/tcp-segment.ts';

function segment(seq: number, text: string, frame = 1): TcpSegment {
  return Object.assign(new TcpSegment(), { seq, data: Buffer.from(text), from: 0, to: text.length, frame });
}

test('the history tells octets apart for as long as it holds them', () => {
  const history = new OctetHistory(10);
  const same = (at: number, text: string) => history.same(at, Buffer.from(text), 0, text.length);
  const write = (text: string) => history.write(Buffer.from(text), 0, text.length);
  const first = write('abcdef');
  expect([same(first, 'abcdef'), same(first, 'abcdeF')]).toEqual([true, false]);
  // It does not fit behind the first: the rest of the ring stays unused.
  const second = write('ghijkl');
  expect([same(second, 'ghijkl'), same(second + 2, 'iXkl'), same(first, 'what was')]).toEqual([
    true,
    false,
    true,
  ]);
  expect(write('longer than it is')).toBe(-1);
  expect(same(-1, 'longer than it WAS')).toBe(true);
});

test('a duplicate, a retransmission, and other octets', () => {
  const recent = new RecentSegments(new OctetHistory(1000));
  recent.note(segment(100, 'abcd', 5), 77);
  expect(recent.seenAgain(segment(100, 'abcd'), 77)).toBe(AGAIN.duplicate);
  expect(recent.original).toBe(5);
  expect(recent.seenAgain(segment(100, 'abcd'), 78)).toBe(AGAIN.retransmission);
  expect(recent.seenAgain(segment(98, '..abcd..'), 77)).toBe(AGAIN.retransmission);
  expect(recent.seenAgain(segment(102, 'cX'), 77)).toBe(AGAIN.differs);
  expect([recent.has(100, 4), recent.has(100, 3)]).toEqual([true, false]);
});

test('a direction that is over leaves its room, but nothing in it, to the next', () => {
  const history = new OctetHistory(1000);
  const first = new RecentSegments(history);
  for (let seq = 100; seq < 148; seq += 4) first.note(segment(seq, 'abcd', seq), 77);
  first.release();
  const second = new RecentSegments(history);
  expect([second.has(144, 4), second.has(0, 0)]).toEqual([false, false]);
  second.note(segment(200, 'efgh', 6), 77);
  expect([second.has(200, 4), second.has(144, 4)]).toEqual([true, false]);
  expect(second.seenAgain(segment(144, 'WXYZ'), 77)).toBe(AGAIN.retransmission);
});

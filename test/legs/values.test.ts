// The values that legs are compared by: what is left of Call-IDs, parties, descriptions and clocks.
import { expect, test } from 'vitest';
import { callIdNames, callIdParts } from '../../src/legs/call-id-parts.ts';
import { Passages } from '../../src/legs/clock-offset.ts';
import { confidenceOf } from '../../src/legs/confidence.ts';
import { bucketOf } from '../../src/legs/pair.ts';
import { partyKey } from '../../src/legs/party-key.ts';
import { sessionTraits } from '../../src/legs/session-traits.ts';
import { align } from '../../src/legs/timeline.ts';
import { parseUri } from '../../src/sip/uri/uri.ts';

test.each([
  ['sbc///1-37@127.0.0.10', '1-37@127.0.0.10'],
  ['a84b4c76e66710_b2b-1@192.0.2.1', 'a84b4c76e66710'],
  ['a84b4c76e66710@192.0.2.2', 'a84b4c76e66710'],
])('%s may be made from %s', (made, original) => {
  expect(
    callIdParts(made).has(original) || callIdNames(original).some((name) => callIdParts(made).has(name)),
  ).toBe(true);
});

test('what is too short, or the Call-ID itself, is no part', () => {
  expect([...callIdParts('1-37@127.0.0.10')]).toEqual(['37@127.0.0.10']);
  expect([...callIdParts('abc')]).toEqual([]);
  expect(callIdNames('1-37@127.0.0.10')).toEqual(['1-37@127.0.0.10']);
});

test.each([
  ['sip:+49(30)5551234@example.com', '305551234'],
  ['sip:0305551234@example.com;user=phone', '305551234'],
  ['tel:+49-30-555-1234', '305551234'],
  ['sip:Alice@example.com', 'alice'],
  ['sip:alice;tag@example.com', 'alice'],
  ['sip:anonymous@anonymous.invalid', ''],
  ['sip:example.com', ''],
  ['sip:42@example.com', '42'],
])('%s is compared as "%s"', (uri, key) => {
  expect(partyKey(parseUri(uri))).toBe(key);
});

test('a description without what a relay rewrites', () => {
  const sdp = Buffer.from(
    'v=0\r\no=alice 53655765 2 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 8\r\na=ice-ufrag:8hhY\r\na=rtcp:4001\r\na=sendrecv\r\nm=video 0 RTP/AVP 31\r\n',
  );
  expect(sessionTraits(sdp, 0, sdp.length)).toEqual({
    origin: 'alice 53655765 2',
    session: '53655765',
    text: 'v=0\ns=-\nt=0 0\nm=audio RTP/AVP 0 8\na=ice-ufrag:8hhY\nm=video RTP/AVP 31',
    keys: 'ice-ufrag:8hhY',
    formats: 'audio 0 8\nvideo 31',
    kinds: 'audio',
  });
});

test('an origin of constants tells nothing', () => {
  const sdp = Buffer.from('v=0\r\no=- 0 0 IN IP4 192.0.2.1\r\ns=-\r\n');
  expect(sessionTraits(sdp, 0, sdp.length)).toMatchObject({ origin: '', session: '' });
});

test.each([
  ['one clock', [0.004, 0.006, 0.005], [0.007, 0.005, 0.006], 0],
  ['the far clock ahead', [0.505, 0.506, 0.504], [-0.495, -0.496, -0.494], 0.5],
  ['the far clock behind', [-0.745, -0.744, -0.746], [0.755, 0.756, 0.754], -0.75],
  ['nothing came back', [-0.3, -0.3], [], -0.3],
  ['nothing seen', [], [], 0],
])('%s: the clocks are apart by', (_, away, back, offset) => {
  const passages = new Passages();
  passages.add(away, back);
  expect(passages.offset).toBeCloseTo(offset, 6);
});

test('steps of the near leg come first on the way there, and last on the way back', () => {
  const there = 1 << 20;
  const near = { steps: [there + 1, 1 * 1024 + 180, 1 * 1024 + 200], times: [10, 10.5, 12] };
  const far = { steps: near.steps, times: [10.01, 10.45, 11.7] };
  expect(align(near, far, 10, 0)).toEqual({ common: 3, within20: 1, within100: 1, within500: 1, early: 0 });
  const shifted = { steps: near.steps, times: [11.01, 11.45, 12.7] };
  expect(align(near, shifted, 10, 1)).toEqual({
    common: 3,
    within20: 1,
    within100: 1,
    within500: 1,
    early: 0,
  });
  expect(align(near, shifted, 10, 0)).toMatchObject({ common: 3, early: 1 });
});

test('confidence grows with the score and falls with the margin', () => {
  const rows = [
    confidenceOf(40, null, false),
    confidenceOf(76, null, false),
    confidenceOf(120, 0, false),
    confidenceOf(120, 8, false),
    confidenceOf(50, null, true),
    confidenceOf(50, 1, true),
    confidenceOf(500, null, true),
  ].map((value) => Math.round(value * 1000) / 1000);
  expect(rows).toEqual([0.5, 0.953, 0, 0.631, 0.95, 0.082, 0.999]);
  expect([0.95, 0.949, 0.85, 0.7, 0.5, 0.499].map(bucketOf)).toEqual([
    ...['certain', 'high', 'high', 'medium', 'weak', 'none'],
  ]);
});

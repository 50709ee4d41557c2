// The facts of a crossing as a whole: sides, what crossed as what, and what is held of the call.
import { expect, test } from 'vitest';
import { EMPTY_POLICY } from '../../../src/policy/default-policy.ts';
import { parsePolicy } from '../../../src/policy/parse-policy.ts';
import type { Crossing } from '../../../src/rules/facts/crossing.ts';
import { crossingsOf } from '../crossings-of.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

/** All of it that a rule can ask. */
function whole(crossing: Crossing) {
  const { near, far, registered, hiding, passthrough, signals } = crossing;
  return {
    sides: [near.name, far?.name ?? null],
    requests: crossing.requests.map(({ received, sent, fromCaller, responses }) => {
      const answers = responses.map((one) => `${one.received?.frame ?? '-'}>${one.sent.frame}`).join(' ');
      const who = fromCaller ? 'caller' : 'callee';
      return `${who} ${received.method} ${received.request!.frame}>${sent?.request?.frame ?? '-'} ${answers}`.trim();
    }),
    descriptions: crossing.descriptions.map(({ received, message }) => {
      return `${received.message.frame}>${message.frame}`;
    }),
    caller: crossing.privacy(true),
    callee: crossing.privacy(false),
    registered,
    hiding,
    passthrough,
    signals,
    judged: crossing.judged,
    proxied: crossing.proxied,
  };
}

const REQUESTS = [
  'caller INVITE 1>3 5>6 7>8',
  'caller ACK 9>10',
  'caller MESSAGE 11>12 13>14',
  'callee MESSAGE 15>16 17>18',
  'caller BYE 19>20 21>22',
];

test('passthrough, with a policy', () => {
  const { policy } = parsePolicy(sbcPolicy({ passthrough: true }), 'policy');
  const crossings = crossingsOf(flow('sbc-passthrough'), policy!);
  expect(crossings.map(whole)[0]).toEqual({
    sides: ['callers', 'callees'],
    requests: REQUESTS,
    descriptions: ['1>3', '7>8'],
    caller: { holds: false, known: true, confidence: 1, evidence: 'policy: caller privacy off' },
    callee: { holds: false, known: true, confidence: 1, evidence: 'policy: callee privacy off' },
    registered: { holds: false, known: true, confidence: 1, evidence: 'no binding of caller or callee' },
    hiding: { holds: false, known: true, confidence: 1, evidence: 'policy: no topology hiding' },
    passthrough: { holds: true, known: true, confidence: 1, evidence: 'policy: passthrough on' },
    signals: { forwarded: true, bothAdjacencies: true, contactKept: true, returned: true },
    judged: true,
    proxied: false,
  });
  // The OPTIONS that the box answered itself.
  expect(crossings.slice(1).map((one) => [one.b, one.requests.length, one.judged])).toEqual([
    [null, 1, true],
  ]);
});

test('what is sent within the dialog does not cross to the fork that has none', () => {
  const { policy } = parsePolicy(sbcPolicy(), 'policy');
  const [, other] = crossingsOf(flow('sbc-forked'), policy!).filter(({ far }) => far !== null);
  expect(other.far?.peer.ip).toBe('203.0.113.6');
  expect(whole(other).requests).toEqual(['caller INVITE 1>4 ->8 ->11']);
});

test('two sets, inferred', () => {
  const [crossing] = crossingsOf(flow('sbc-passthrough'), EMPTY_POLICY);
  const { passthrough, caller, hiding, judged } = whole(crossing!);
  expect({ passthrough, caller, hiding, judged }).toEqual({
    passthrough: {
      holds: true,
      known: false,
      confidence: 1,
      evidence: 'RR forwarded, RR of both adjacencies, Contact kept, whole RR set returned',
    },
    caller: { holds: false, known: false, confidence: 0.8, evidence: 'IM SDP of the caller: privacy off' },
    hiding: { holds: false, known: false, confidence: 0.8, evidence: 'topology hiding not known' },
    judged: true,
  });
});

test('a registered caller: proven by a binding, and passthrough off for it', () => {
  const { policy } = parsePolicy(sbcPolicy({ passthrough: true }), 'policy');
  const crossing = crossingsOf(flow('sbc-registered'), policy!).find(
    ({ a }) => a.initial?.method === 'INVITE',
  )!;
  const evidence = 'sip:alice@example.com registered from 192.0.2.10:5060 (frame 4)';
  expect([crossing.registered, crossing.passthrough]).toEqual([
    { holds: true, known: true, confidence: 1, evidence },
    { holds: false, known: true, confidence: 1, evidence },
  ]);
});

test('a proxy that records its route is judged by a policy alone', () => {
  expect(crossingsOf(flow('proxied'), EMPTY_POLICY).map(({ judged, proxied }) => [judged, proxied])).toEqual([
    [false, true],
  ]);
});

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

test('who takes the registration back within the second of the call had one when it began', () => {
  const { policy } = parsePolicy(sbcPolicy({ passthrough: true }), 'policy');
  const removal = `=== 1.011 192.0.2.10:5060 > 198.51.100.20:5060 udp
REGISTER sip:example.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-r2;rport
Max-Forwards: 70
From: <sip:alice@example.com>;tag=r-a
To: <sip:alice@example.com>
Call-ID: reg-1@192.0.2.10
CSeq: 2 REGISTER
Contact: <sip:alice@192.0.2.10:5060>
Expires: 0
Content-Length: 0

=== 1.012 198.51.100.20:5060 > 192.0.2.10:5060 udp
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-r2;rport=5060;received=192.0.2.10
From: <sip:alice@example.com>;tag=r-a
To: <sip:alice@example.com>;tag=r-b
Call-ID: reg-1@192.0.2.10
CSeq: 2 REGISTER
Content-Length: 0

`;
  const registered = (text: string): boolean | undefined =>
    crossingsOf(text, policy!).find(({ a }) => a.initial?.method === 'INVITE')?.registered.holds;
  const text = flow('sbc-registered');
  const after = text.indexOf('=== ', text.indexOf('=== 1.010') + 1);
  expect(registered(text.slice(0, after) + removal + text.slice(after))).toBe(true);
  // Before the INVITE it has not any more.
  const before = text.indexOf('=== 1.000');
  const earlier = removal.replace(/=== 1\.01(\d)/g, '=== 1.000$1');
  const later = text.slice(before).replace('=== 1.000 ', '=== 1.001 ');
  expect(registered(text.slice(0, before) + earlier + later)).toBe(false);
});

test('a proxy that records its route is judged by a policy alone', () => {
  expect(crossingsOf(flow('proxied'), EMPTY_POLICY).map(({ judged, proxied }) => [judged, proxied])).toEqual([
    [false, true],
  ]);
});

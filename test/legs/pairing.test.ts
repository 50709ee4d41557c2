// Pairing of single calls: what joins two legs, what keeps them apart, what is said of those that are left.
import { expect, test } from 'vitest';
import type { LegPair, UnpairedLeg } from '../../src/legs/pair.ts';
import { LegPairing, type LegPairingOptions } from '../../src/legs/pairing.ts';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { play } from '../dialog/scenario.ts';

/** A's call to B; what left C for D is another call by its identifiers, and by its parties where `other` says so. */
const REWRITTEN = (other = '', header = '') => `
  0 A>B INVITE id=first-call@a
  4 C>D INVITE id=second from=x cseq=7 ${other} ${header}
  60 D>C 180 id=second from=x to=y cseq=7 ${other}
  63 B>A 180 id=first-call@a
  900 D>C 486 id=second from=x to=y cseq=7 ${other}
  903 B>A 486 id=first-call@a`;

/** The same, by a box that takes its time. */
const SLOW = REWRITTEN()
  .replace('  4 C>D', '  90 C>D')
  .replace('900 D>C', '800 D>C')
  .replace('  60 D>C', '  95 D>C')
  .replace('63 B>A', '170 B>A');

/** B and C are one box, D a proxy that sends the call back to it, E the phone. */
const SPIRAL = `
  0 A>B INVITE id=first sdp=audio
  1 C>D INVITE id=second from=x branch=one sdp=audio
  2 D>C INVITE id=second from=x branch=two via=2 sdp=audio
  3 B>E INVITE id=third from=y sdp=audio
  40 E>B 200 id=third from=y to=e sdp=audio
  41 C>D 200 id=second from=x to=z branch=two via=2 sdp=audio
  42 D>C 200 id=second from=x to=z branch=one sdp=audio
  43 B>A 200 id=first to=w sdp=audio`;

/** B takes a call and C sends it on: `at` ms, answered after `wait`. */
function CARRIED(id: string, at: number, wait: number, status: number): string {
  return `
    ${at} A>B INVITE id=${id} from=${id} sdp=relayed
    ${at + 5} C>D INVITE id=${id}-far from=${id}x sdp=relayed
    ${at + wait} D>C ${status} id=${id}-far from=${id}x to=${id}y
    ${at + wait + 5} B>A ${status} id=${id} from=${id} to=${id}z`;
}

test('a header that the user names holds the other Call-ID', () => {
  const script = REWRITTEN('user=carol,dan', '| X-Other-Leg: first-call@a');
  expect(short(paired(script, { legHeaders: ['x-other-leg'] }).pairs)).toEqual([
    'first-call@a > second: leg-header, final; against parties-differ',
  ]);
});

test('without a name for it the two are nothing to one another', () => {
  expect(short(paired(REWRITTEN('user=carol,dan')).pairs)).toEqual([]);
});

test('a policy says which addresses are one box', () => {
  const text = 'adjacencies:\n  - {name: in, local: [10.0.0.2]}\n  - {name: out, local: [10.0.0.3]}\n';
  const { policy } = parsePolicy(text, 'sbc.yaml');
  const boxes = paired(SLOW, { policy: policy ?? EMPTY_POLICY }).pairs.map(({ box }) => box);
  expect(boxes).toEqual([['10.0.0.2', '10.0.0.3']]);
  expect(short(paired(SLOW, { policy: EMPTY_POLICY }).pairs)).toEqual([]);
});

test('so does a call of which each message goes on at once, though it is refused and the only one', () => {
  expect(hops(paired(REWRITTEN()).pairs)).toEqual([
    '10.0.0.1>10.0.0.2 first-call@a > 10.0.0.3>10.0.0.4 second: 0.892',
  ]);
});

test('a final answer was given when it came first, however often it comes until it is acknowledged', () => {
  const again = [1400, 2400, 4400].map((time) => `\n  ${time} D>C 486 id=second from=x to=y cseq=7`);
  const { pairs } = paired(`${REWRITTEN()}${again.join('')}`);
  expect(pairs.map(({ a, b }) => [hop(a), hop(b)])).toEqual([['10.0.0.1>10.0.0.2', '10.0.0.3>10.0.0.4']]);
});

/** The callee's 200 passes after `wait`; then one side hangs up, and the box or the other one does. */
const ENDED = (wait: number, bye: string) => `
  0 A>B INVITE id=first
  4 C>D INVITE id=second from=x | X-Other-Leg: first
  900 D>C 200 id=second from=x to=y
  ${900 + wait} B>A 200 id=first to=b
  2000 C>D ACK id=second from=x to=y
  2510 A>B ACK id=first to=b
  5000 D>C BYE id=second from=y to=x
  5003 ${bye}`;

test.each([
  ['together', ENDED(3, 'B>A BYE id=first from=b to=a'), 'final, release'],
  ['an answer too late', ENDED(1500, 'B>A BYE id=first from=b to=a'), 'release'],
  ['each party by itself', ENDED(3, 'A>B BYE id=first to=b cseq=2'), 'final'],
])('ends that speak for a pair: %s', (_name, script, expected) => {
  const [{ signals }] = paired(script, { legHeaders: ['x-other-leg'] }).pairs;
  const ends = signals.map(({ name }) => name).filter((name) => name === 'final' || name === 'release');
  expect(ends.join(', ')).toBe(expected);
});

test('what the box refuses by itself is no answer that came too early', () => {
  const known = paired(`
    0 A>B INVITE id=first sdp=audio
    4 C>D INVITE id=second from=x sdp=audio
    900 D>C 200 id=second from=x to=y sdp=audio
    903 B>A 200 id=first sdp=audio
    920 A>B ACK id=first to=b
    923 C>D ACK id=second from=x to=y
    3000 A>B INVITE id=first to=b cseq=2 sdp=im
    3001 B>A 488 id=first cseq=2
    3010 A>B ACK id=first to=b cseq=2
    5000 A>B INVITE id=first to=b cseq=3 sdp=hold
    5004 C>D INVITE id=second from=x to=y cseq=3 sdp=hold
    5100 D>C 488 id=second from=x to=y cseq=3
    5102 C>D ACK id=second from=x to=y cseq=3
    5104 B>A 488 id=first cseq=3
    5110 A>B ACK id=first to=b cseq=3`);
  expect(known.pairs.map(({ contradictions }) => contradictions)).toEqual([[]]);
});

test('who refuses a request of the callee itself is no box that knew the answer too early (RFC 3261 §14.2)', () => {
  const { pairs } = paired(`
    0 A>B INVITE id=first sdp=audio
    4 C>D INVITE id=second from=x sdp=audio
    900 D>C 200 id=second from=x to=y sdp=audio
    903 B>A 200 id=first to=b sdp=audio
    920 A>B ACK id=first to=b
    923 C>D ACK id=second from=x to=y
    2000 D>C INVITE id=second from=y to=x cseq=101 sdp=hold
    2001 C>D 491 id=second from=y to=x cseq=101
    2010 D>C ACK id=second from=y to=x cseq=101
    5000 D>C INVITE id=second from=y to=x cseq=102 sdp=hold
    5003 B>A INVITE id=first from=b to=a cseq=102 sdp=hold
    5060 A>B 491 id=first from=b to=a cseq=102
    5063 C>D 491 id=second from=y to=x cseq=102`);
  expect(pairs.map(({ bucket, contradictions }) => [bucket, contradictions])).toEqual([['certain', []]]);
});

test('a near leg without a partner is open where a far one is, too', () => {
  const text = 'adjacencies:\n  - {name: in, local: [10.0.0.2]}\n  - {name: out, local: [10.0.0.3]}\n';
  const { policy } = parsePolicy(text, 'sbc.yaml');
  const { unpaired } = paired(
    `0 A>B INVITE id=refused
     300 C>D INVITE id=other user=carol,erin
     303 D>C 486 id=other user=carol,erin to=d
     305 B>A 403 id=refused`,
    { policy: policy ?? EMPTY_POLICY },
  );
  expect(unpaired.map(({ leg, side, open }) => [leg.call.callId, side, open])).toEqual([
    ['refused', 'near', true],
    ['other', 'far', true],
  ]);
});

test('what a known box neither sent on nor was sent is listed with the reason', () => {
  const text = 'adjacencies:\n  - {name: in, local: [10.0.0.2]}\n  - {name: out, local: [10.0.0.3]}\n';
  const { policy } = parsePolicy(text, 'sbc.yaml');
  const { unpaired } = paired(
    `0 A>B INVITE id=refused
     3 B>A 403 id=refused
     5000 C>D OPTIONS id=ping user=probe,dan
     5003 D>C 200 of=OPTIONS id=ping user=probe,dan`,
    { policy: policy ?? EMPTY_POLICY },
  );
  expect(unpaired.map(({ leg, side, nearest, why }) => [leg.call.callId, side, nearest, why])).toEqual([
    ['refused', 'near', null, 'the box answered 403 itself: no INVITE left it that fits'],
    ['ping', 'far', null, 'no OPTIONS came to the box within 5 s before that could have led to it'],
  ]);
});

test('the same call at both sides of a proxy, and the leg that went back to the caller', () => {
  const { pairs } = paired(`
    0 A>B INVITE
    2 B>C INVITE via=2
    3 B>D INVITE via=2 branch=other
    40 C>B 486 via=2 to=c
    90 D>B 200 via=2 to=d branch=other
    92 B>A 200 to=d`);
  expect(pairs.map(({ a, b, group, confidence }) => [hop(a), hop(b), group, confidence > 0.95])).toEqual([
    ['10.0.0.1>10.0.0.2', '10.0.0.2>10.0.0.3', 'fork', true],
    ['10.0.0.1>10.0.0.2', '10.0.0.2>10.0.0.4', 'fork', true],
  ]);
});

test('a leg never leads to one that came first', () => {
  const { pairs } = paired(`
    0 C>D INVITE id=other from=x
    30 A>B INVITE id=first
    900 B>A 486 id=first
    950 D>C 486 id=other from=x to=y`);
  expect(short(pairs)).toEqual([]);
});

test('a proxy sends a call back to the box it came from, within the time by which captures are out of order', () => {
  const text = 'adjacencies:\n  - {name: in, local: [10.0.0.2]}\n  - {name: out, local: [10.0.0.3]}\n';
  const policy = parsePolicy(text, 'sbc.yaml').policy ?? EMPTY_POLICY;
  const legs = [
    '10.0.0.1>10.0.0.2 first > 10.0.0.3>10.0.0.4 second: sure',
    '10.0.0.3>10.0.0.4 second > 10.0.0.4>10.0.0.3 second: sure',
    '10.0.0.4>10.0.0.3 second > 10.0.0.2>10.0.0.5 third: sure',
  ];
  expect(hops(paired(SPIRAL, { policy }).pairs)).toEqual(legs);
  // The proxy's call ends first, is beyond doubt, and decided before the others are known.
  const [first, second, third] = play(SPIRAL).calls;
  const pairs: LegPair[] = [];
  const pairing = new LegPairing({ policy, onPair: (pair) => pairs.push(pair) });
  pairing.call(second);
  pairing.clock(second.end.seconds + 3);
  pairing.clock(second.end.seconds + 6);
  expect(hops(pairs)).toEqual([legs[1]]);
  pairing.call(first);
  pairing.call(third);
  pairing.end();
  expect(hops(pairs)).toEqual([legs[1], legs[0], legs[2]]);
});

test('who calls the same number again and again makes no box of the two phones', () => {
  // Each call falls in the time in which the one before could have led to it.
  const { calls } = play(`
    ${CARRIED('one', 0, 3345, 200)}
    ${CARRIED('two', 555, 1830, 487)}
    ${CARRIED('three', 1466, 7984, 200)}`);
  const pairs: LegPair[] = [];
  const pairing = new LegPairing({ onPair: (pair) => pairs.push(pair) });
  // Nothing is decided before all six are over.
  pairing.clock(calls.at(-1)!.end.seconds);
  for (const call of calls) pairing.call(call);
  pairing.end();
  expect(hops(pairs)).toEqual(
    ['one', 'two', 'three'].map((id) => `10.0.0.1>10.0.0.2 ${id} > 10.0.0.3>10.0.0.4 ${id}-far: sure`),
  );
});

test.each([
  ['a hidden caller', 'anonymous,dan', 'dan,alice'],
  ['a caller, and hides', 'alice,dan', 'anonymous,alice'],
])('who calls back %s hardly carries the call on', (_name, there, back) => {
  const { pairs } = paired(`
    0 A>B INVITE id=there user=${there} sdp=relayed
    40 B>A INVITE id=back from=x user=${back} sdp=relayed
    80 A>B 486 id=back from=x to=y user=${back}
    95 B>A 486 id=there to=z user=${there}`);
  expect(pairs.map(({ bucket }) => bucket)).toEqual(['none']);
});

test('nor does a second call that the box refuses itself while the first one rings', () => {
  const { pairs } = paired(`
    0 A>B INVITE id=one sdp=relayed
    2 B>A 100 id=one to=-
    40 C>D INVITE id=one-far from=x sdp=relayed
    60 D>C 180 id=one-far from=x to=y
    63 B>A 180 id=one to=z
    877 A>B INVITE id=two from=other sdp=relayed
    878 B>A 100 id=two from=other to=-
    890 A>B CANCEL id=two from=other
    892 B>A 200 id=two from=other to=w of=CANCEL
    905 B>A 487 id=two from=other to=w
    908 A>B ACK id=two from=other to=w
    920 A>B CANCEL id=one
    922 B>A 200 id=one to=z of=CANCEL
    925 C>D CANCEL id=one-far from=x
    927 D>C 200 id=one-far from=x to=y of=CANCEL
    929 D>C 487 id=one-far from=x to=y
    930 C>D ACK id=one-far from=x to=y
    935 B>A 487 id=one to=z
    937 A>B ACK id=one to=z`);
  expect(pairs.map(({ a, b }) => `${a.call.callId} > ${b.call.callId}`)).toEqual(['one > one-far']);
});

test('a call is done when none of its legs waits any more, and then no pair has it', () => {
  const said: string[] = [];
  paired(SPIRAL, {
    onPair: ({ a, b }) => said.push(`${a.call.callId} > ${b.call.callId}`),
    onDone: ({ callId }) => said.push(callId),
  });
  paired('0 B>A 200 of=NOTIFY id=no-request', { onDone: ({ callId }) => said.push(callId) });
  const calls = ['first', 'second', 'third', 'no-request'];
  expect(said.filter((one) => !one.includes('>')).sort()).toEqual([...calls].sort());
  for (const call of calls) {
    const after = said.slice(said.indexOf(call) + 1);
    expect(after.filter((one) => one.split(' ').includes(call))).toEqual([]);
  }
  expect(said.filter((one) => one.includes('>'))).toHaveLength(3);
});

function paired(
  script: string,
  options: Partial<LegPairingOptions> = {},
): { pairs: LegPair[]; unpaired: UnpairedLeg[] } {
  const pairs: LegPair[] = [];
  const unpaired: UnpairedLeg[] = [];
  const pairing = new LegPairing({
    onPair: (pair) => pairs.push(pair),
    onUnpaired: (one) => unpaired.push(one),
    ...options,
  });
  for (const call of play(script).calls) pairing.call(call);
  pairing.end();
  return { pairs, unpaired };
}

/** `a > b: what speaks for it most, and how it ended; against what does not`. */
function short(pairs: readonly LegPair[]): string[] {
  return pairs.map(({ a, b, signals, contradictions }) => {
    const names = signals.map(({ name }) => name).filter((name) => name === 'leg-header' || name === 'final');
    const against = contradictions.map(({ name }) => name).join(', ');
    return `${a.call.callId} > ${b.call.callId}: ${names.join(', ')}; against ${against}`;
  });
}

function hops(pairs: readonly LegPair[]): string[] {
  return pairs.map(
    ({ a, b, confidence }) =>
      `${hop(a)} ${a.call.callId} > ${hop(b)} ${b.call.callId}: ${confidence > 0.95 ? 'sure' : confidence}`,
  );
}

function hop({ from, to }: LegPair['a']): string {
  return `${from.ip}>${to.ip}`;
}

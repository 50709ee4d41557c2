// Pairing of generated calls, whose legs are known: as precise as its buckets say, and nothing named is missed. The same at
// length, with the weights' other half: `npm run bench:legs`.
import { expect, test } from 'vitest';
import { MODES } from './generator/mode.ts';
import { pairTraffic } from './generator/pair-traffic.ts';
import { generate, type Traffic } from './generator/traffic.ts';
import { trafficKey } from './generator/truth.ts';
import { measure, precision } from './measured.ts';

test('generated calls of every mode: precision and recall', () => {
  const pairs = [];
  const truth = new Set<string>();
  const named = new Set<string>();
  for (const [index, mode] of MODES.entries()) {
    const traffic = generate(mode, 5000 + index, 40);
    pairs.push(...pairTraffic(traffic).pairs);
    for (const key of traffic.truth) truth.add(key);
    for (const key of traffic.named) named.add(key);
  }
  const { buckets, recall } = measure(pairs, truth, trafficKey);
  const found = new Set(pairs.filter(({ confidence }) => confidence >= 0.5).map(trafficKey));
  const namedFound = [...named].filter((key) => found.has(key)).length / named.size;
  expect({
    certain: precision(buckets.certain) >= 0.99,
    high: precision(buckets.high) >= 0.9,
    recall: recall >= 0.97,
    named: namedFound >= 0.97,
  }).toEqual({ certain: true, high: true, recall: true, named: true });
});

test('a fork is a group, and so are a hunt and an attempt after a challenge', () => {
  expect(groups('forks, named', 'fork')).toEqual(['fork', 'single']);
  expect(groups('hunts, named', 'hunt')).toEqual(['hunt', 'single']);
  expect(groups('challenges', 'challenged')).toEqual(['retry', 'single']);
});

test('a call through two boxes is a chain of two pairs, in order', () => {
  const { pairs } = pairTraffic(traffic('chain, named', 20));
  const chains = new Map<number, { hop: number; a: string; b: string }[]>();
  for (const { chain, hop, a, b } of pairs) {
    const own = chains.get(chain) ?? [];
    own.push({ hop, a: a.call.callId, b: b.call.callId });
    chains.set(chain, own);
  }
  const wrong = [...chains.values()].filter((own) => {
    own.sort((one, other) => one.hop - other.hop);
    return own.length !== 2 || own[0]!.hop !== 1 || own[1]!.hop !== 2 || own[0]!.b !== own[1]!.a;
  });
  expect({ chains: chains.size > 10, wrong }).toEqual({ chains: true, wrong: [] });
});

test('a window that is too small says so, and still pairs what it holds', () => {
  const said: string[] = [];
  const set = traffic('rewritten', 200);
  const { pairs } = pairTraffic(set, { limits: { legs: 20 }, onCapped: ({ message }) => said.push(message) });
  const { buckets } = measure(pairs, set.truth, trafficKey);
  expect({ said, certain: precision(buckets.certain) }).toEqual({
    said: ['More than 20 legs, or 67108864 octets of them, wait for their partners: the oldest are settled'],
    certain: 1,
  });
});

test('a header that is the same in all calls joins none of them', () => {
  const { pairs } = pairTraffic(traffic('busy hour, same parties', 60));
  const names = new Set(pairs.flatMap(({ signals }) => signals.map(({ name }) => name)));
  expect({ header: names.has('header'), time: names.has('time') }).toEqual({ header: false, time: true });
});

function traffic(name: string, calls: number): Traffic {
  return generate(MODES.find((mode) => mode.name === name)!, 77, calls);
}

/** Groups of the pairs in a capture of calls of one kind and answered ones. */
function groups(name: string, kind: 'fork' | 'hunt' | 'challenged'): string[] {
  const mode = { ...MODES.find((one) => one.name === name)!, kinds: [kind, 'answered'] as const };
  return [...new Set(pairTraffic(generate(mode, 78, 30)).pairs.map(({ group }) => group))].sort();
}

test('a constant that looks like the mark of one call does not set the clocks apart', () => {
  const set = generate(MODES.find(({ name }) => name === 'busy hour, legs missing')!, 17003, 100);
  const { recall } = measure(pairTraffic(set).pairs, set.truth, trafficKey);
  expect(recall).toBeGreaterThan(0.97);
});

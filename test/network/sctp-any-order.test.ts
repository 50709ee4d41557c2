// Whatever the order, the repetitions and the bundling of chunks: the same messages, each once. Whatever the octets: nothing
// is thrown, and every packet settles exactly once.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decoding, decode, type Sent } from './decoding.ts';
import { bytes, hex, ipv4, ipv6, type Octets, OPTIONS, udp } from './octets.ts';
import { data, fragments, heartbeat, iData, iFragments, numbered, packet, sack, sctp } from './sctp-wire.ts';

/** Chunks of one direction of an association, and the texts that they carry. */
interface Association {
  readonly tag: number;
  readonly chunks: readonly Octets[];
  readonly texts: readonly string[];
}

const message = fc.record({
  size: fc.integer({ min: 1, max: 130 }),
  stream: fc.nat(2),
  unordered: fc.boolean(),
  protocol: fc.constantFrom(0, 46),
});

/** Messages of DATA follow one another; those of I-DATA may take turns, as `turns` says. */
const association = fc
  .record({
    tag: fc.constantFrom(1, 2, 0xffff_ffff),
    first: fc.constantFrom(0, 1, 0x7fff_fffd, 0xffff_fff0),
    isInterleaved: fc.boolean(),
    messages: fc.array(message, { minLength: 1, maxLength: 5 }),
    turns: fc.array(fc.nat(4), { minLength: 40, maxLength: 40 }),
  })
  .map(({ tag, first, isInterleaved, messages, turns }): Association => {
    const texts = messages.map((_, index) => numbered(tag * 10 + index));
    let tsn = first;
    const lists = messages.map(({ size, ...fields }, sequence) => {
      const cut = isInterleaved ? iFragments : fragments;
      const list = cut(texts[sequence]!, size, { tsn, sequence, ...fields });
      tsn = (tsn + list.length) >>> 0;
      return list;
    });
    const chunks = isInterleaved ? inTurns(lists, turns, first) : lists.flat();
    return { tag, chunks, texts: texts.map(String) };
  });

/** The chunks of all messages, each message's own in order, with TSNs in a row. */
function inTurns(lists: readonly Buffer[][], turns: readonly number[], first: number): Buffer[] {
  const open = lists.map((list) => [...list]);
  const chunks: Buffer[] = [];
  for (let turn = 0; open.some((list) => list.length > 0); turn++) {
    const left = open.filter((list) => list.length > 0);
    const chunk = left[turns[turn % turns.length]! % left.length]!.shift()!;
    chunk.writeUInt32BE((first + chunks.length) >>> 0, 4);
    chunks.push(chunk);
  }
  return chunks;
}

test('any order, repetition and bundling of chunks gives the same messages', () => {
  const associations = fc.uniqueArray(association, {
    selector: ({ tag }) => tag,
    minLength: 1,
    maxLength: 3,
  });
  const keys = fc.array(fc.nat(), { minLength: 50, maxLength: 50 });
  fc.assert(
    fc.property(associations, keys, keys, (all, order, bundles) => {
      const packets = all.flatMap(({ tag, chunks }) => {
        const again = chunks.filter((_, index) => bundles[index % bundles.length]! % 3 === 0);
        const shuffled = shuffle([...chunks, ...again], order);
        return bundled(shuffled, bundles).map((list) => packet(list, { tag }));
      });
      const mirrored = packets.flatMap((one, index) =>
        order[index % order.length]! % 4 ? [one] : [one, one],
      );
      const seen = decode(...mirrored);
      const texts = seen.datagrams.filter(({ duplicateOf }) => duplicateOf === 0).map(({ text }) => text);
      expect(texts.sort()).toEqual(all.flatMap((one) => one.texts).sort());
      expect([seen.codes, seen.ledger.settled]).toEqual([[], mirrored.length]);
      for (const { frames } of seen.datagrams)
        expect(frames ?? []).toEqual([...new Set(frames)].sort((a, b) => a - b));
    }),
    { numRuns: 150 },
  );
});

function shuffle<T>(list: readonly T[], keys: readonly number[]): T[] {
  return list
    .map((item, index) => ({ item, key: keys[index % keys.length]! }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Lists of up to four, with a SACK before some of them. */
function bundled(chunks: readonly Octets[], keys: readonly number[]): Octets[][] {
  const lists: Octets[][] = [];
  for (let at = 0; at < chunks.length; ) {
    const key = keys[lists.length % keys.length]!;
    const count = 1 + (key % 4);
    lists.push([...(key % 5 === 0 ? [sack()] : []), ...chunks.slice(at, at + count)]);
    at += count;
  }
  return lists;
}

const SEEDS = [
  sctp([data(OPTIONS)]),
  sctp([sack(), iData(OPTIONS), heartbeat()]),
  ...fragments(OPTIONS, 30).map((chunk) => sctp([chunk])),
  ...iFragments(OPTIONS, 30).map((chunk) => sctp([chunk])),
  sctp(fragments(OPTIONS, 20)),
  sctp(iFragments(OPTIONS, 20)),
];

const damaged = fc
  .record({
    seed: fc.constantFrom(...SEEDS),
    changes: fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 4 }),
    cut: fc.nat(200),
    at: fc.nat(100_000),
    wrap: fc.constantFrom(
      (payload: Octets) => ipv4(132, payload),
      (payload: Octets) => ipv6(132, payload),
      (payload: Octets) => ipv4(17, udp(payload, 9899, 9899)),
    ),
  })
  .map(({ seed, changes, cut, at, wrap }): Sent => {
    const payload = Buffer.from(seed);
    for (const [index, value] of changes) if (index < payload.length) payload[index] = value;
    const octets = wrap(payload);
    return {
      octets: octets.subarray(0, Math.max(20, octets.length - cut)),
      originalLength: octets.length,
      at,
      linkType: 101,
    };
  });

const anyOctets = fc.record({ octets: fc.uint8Array({ maxLength: 200 }), at: fc.nat(100_000) }).map(
  ({ octets, at }): Sent => ({
    octets: ipv4(132, bytes(hex('13c413c400000001'), octets)),
    at,
    linkType: 101,
  }),
);

test.each([
  ['any octets', anyOctets, 300],
  ['damaged packets', damaged, 400],
])('%s: every packet settles once', (_name, sent, numRuns) => {
  fc.assert(
    fc.property(fc.array(sent, { minLength: 1, maxLength: 12 }), (packets) => {
      const decoding = new Decoding();
      for (const one of packets) decoding.send(one);
      decoding.end();
      expect([decoding.ledger.read, decoding.ledger.settled]).toEqual([packets.length, packets.length]);
      expect(decoding.outcomes.filter(Boolean)).toHaveLength(packets.length);
    }),
    { numRuns },
  );
});

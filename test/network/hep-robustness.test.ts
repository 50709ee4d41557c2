// Whatever the octets of HEP, over UDP and TCP: nothing is thrown, nothing hangs, and every packet settles exactly once.
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decoding } from './decoding.ts';
import { chunk, hep3, hep3Of, hepOld, mirrored } from './hep-wire.ts';
import { ethernet, ipv4, OPTIONS, tcp } from './octets.ts';

const SEEDS = [
  hep3(),
  hep3({ family: 10 }),
  hep3({ payloadChunk: 16, payload: deflateSync(OPTIONS) }),
  hep3({ payloadChunk: 16, payload: deflateSync(Buffer.alloc(1 << 20)) }),
  hepOld(1),
  hepOld(2),
];

const anyChunks = fc
  .array(fc.tuple(fc.nat(20), fc.uint8Array({ maxLength: 40 }), fc.constantFrom(0, 0, 0, 9)), {
    maxLength: 12,
  })
  .map((chunks) => hep3Of(...chunks.map(([type, value, vendor]) => chunk(type, value, vendor))));
const damaged = fc
  .tuple(
    fc.constantFrom(...SEEDS),
    fc.array(fc.tuple(fc.nat(250), fc.nat(255)), { maxLength: 4 }),
    fc.oneof(fc.constant(0), fc.nat(200)),
  )
  .map(([seed, changes, cut]) => {
    const octets = Buffer.from(seed.subarray(0, Math.max(0, seed.length - cut)));
    for (const [at, value] of changes) if (at < octets.length) octets[at] = value;
    return octets;
  });
const anyHep = fc.oneof(damaged, anyChunks);

test('in datagrams', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyHep, fc.nat(40), fc.nat(2000)), { minLength: 1, maxLength: 8 }),
      (packets) => {
        const decoding = new Decoding();
        for (const [hep, cut, at] of packets) {
          const octets = mirrored(hep);
          decoding.send({
            octets: octets.subarray(0, octets.length - cut),
            originalLength: octets.length,
            at,
          });
        }
        settledOnce(decoding.end(), packets.length);
      },
    ),
    { numRuns: 300 },
  );
});

test('in streams, cut anywhere, in any order', () => {
  const cuts = fc.array(fc.nat(), { maxLength: 6 });
  const order = fc.array(fc.nat(), { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(
      fc.array(anyHep, { minLength: 1, maxLength: 5 }),
      cuts,
      order,
      fc.boolean(),
      (heps, at, places, hasSyn) => {
        const stream = Buffer.concat(heps);
        const edges = [0, ...at.map((cut) => cut % (stream.length + 1)).sort((a, b) => a - b), stream.length];
        const segments = edges
          .slice(1)
          .map((end, i) => ({
            from: edges[i]!,
            octets: stream.subarray(edges[i], end),
            place: places[i % 7]! % 3,
          }))
          .sort((a, b) => a.place - b.place);
        const decoding = new Decoding();
        if (hasSyn) decoding.send({ octets: overTcp(Buffer.alloc(0), 0, 2) });
        for (const { from, octets } of segments) decoding.send({ octets: overTcp(octets, 1 + from) });
        settledOnce(decoding.end(), segments.length + (hasSyn ? 1 : 0));
      },
    ),
    { numRuns: 200 },
  );
});

function overTcp(octets: Uint8Array, sequence: number, flags = 0x18): Buffer {
  return ethernet(0x0800, ipv4(6, tcp(octets, sequence, flags, 40_000, 9060)));
}

function settledOnce(decoding: Decoding, packets: number): void {
  expect([decoding.ledger.read, decoding.ledger.settled]).toEqual([packets, packets]);
  expect(decoding.outcomes.filter(Boolean)).toHaveLength(packets);
}

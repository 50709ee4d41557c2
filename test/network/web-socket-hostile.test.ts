// Whatever segments come, nothing throws or hangs, and every packet settles once; and what is sent is what is received,
// however it is cut, ordered and doubled on the way.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf, sendPieces } from './any-segments.ts';
import type { Segment } from './tcp-wire.ts';
import {
  compressed,
  type FrameTraits,
  frame,
  GET,
  OK,
  OPTIONS,
  SWITCHING,
  sip,
  webSocketWire,
} from './web-socket-wire.ts';

const LONG = sip('MESSAGE sip:bob@example.com SIP/2.0', 'm', `X: ${'x'.repeat(600)}\r\n`);
const COMPRESSED = await compressed([OPTIONS, OK, LONG], true);

const traits: fc.Arbitrary<FrameTraits> = fc.record({
  opcode: fc.oneof(
    { arbitrary: fc.constantFrom(1, 2), weight: 6 },
    { arbitrary: fc.constantFrom(0, 8, 9, 10), weight: 3 },
    { arbitrary: fc.nat(15), weight: 1 },
  ),
  open: fc.oneof({ arbitrary: fc.constant(false), weight: 4 }, { arbitrary: fc.boolean(), weight: 1 }),
  masked: fc.boolean(),
  reserved: fc.oneof(
    { arbitrary: fc.constantFrom(0, 64), weight: 9 },
    { arbitrary: fc.constant(32), weight: 1 },
  ),
});

const chunk: fc.Arbitrary<Buffer> = fc.oneof(
  {
    arbitrary: fc
      .tuple(
        fc.oneof(
          fc.constantFrom(OPTIONS, OK, LONG, '', '\r\n\r\n', 'ping', '{"a":1}', OPTIONS.slice(0, 40)),
          fc.constantFrom(...COMPRESSED),
        ),
        traits,
      )
      .map(([payload, how]) => frame(payload, how)),
    weight: 6,
  },
  { arbitrary: fc.constantFrom(GET, SWITCHING, OPTIONS, '\r\n').map((text) => Buffer.from(text)), weight: 2 },
  { arbitrary: fc.uint8Array({ maxLength: 20 }).map((octets) => Buffer.from(octets)), weight: 1 },
);

test('any segments are accounted for', () => {
  fc.assert(
    fc.property(
      fc.array(chunk, { minLength: 6, maxLength: 24 }),
      fc.array(chunk, { minLength: 6, maxLength: 24 }),
      piecesOf({ within: 4000, longest: 900 }, 100),
      fc.boolean(),
      fc.boolean(),
      (up, down, pieces, syn, ordered) => {
        const { wire } = webSocketWire(
          { messageOctets: 1000, spans: 8, bufferedInAll: 20_000 },
          { flows: 3, heldOctets: 2000, heldSegments: 6, heldInAll: 3000 },
        );
        const client = Buffer.concat([Buffer.from(GET), ...up]);
        const server = Buffer.concat([Buffer.from(SWITCHING), ...down]);
        sendPieces(wire, { streams: [client, server], pieces, syn, strays: ordered ? 8 : 1 });
        expect(wire.ledger.settled).toBe(wire.ledger.read);
      },
    ),
    { numRuns: 600 },
  );
});

/** A message, cut into so many frames, with control frames between them. */
const message = fc.record({
  index: fc.nat(2),
  deflated: fc.boolean(),
  masked: fc.boolean(),
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
  ping: fc.boolean(),
  bits: fc.constantFrom<16 | 64>(16, 64),
});

test('segmentation, order and duplication do not matter', async () => {
  const texts = [OPTIONS, OK, LONG];
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 }),
      fc.array(fc.nat(), { maxLength: 40 }),
      async (messages, takeover, lengths, swaps) => {
        const sent = messages.map(({ index }) => texts[index]!);
        const deflated = await compressed(
          messages.filter((one) => one.deflated).map(({ index }) => texts[index]!),
          takeover,
        );
        const octets = Buffer.concat([
          Buffer.from(SWITCHING),
          ...messages.flatMap((one) => {
            const payload = one.deflated ? deflated.shift()! : Buffer.from(texts[one.index]!);
            return framesOf(payload, one);
          }),
        ]);
        const segments: Segment[] = [];
        for (let at = 0; at < octets.length; ) {
          const length = lengths[segments.length % lengths.length]!;
          segments.push({ seq: at, data: octets.subarray(at, at + length) });
          at += length;
        }
        // Neighbours change places, or come twice.
        for (const swap of swaps) {
          const at = swap % segments.length;
          if (swap % 3 === 0) segments.splice(at, 0, segments[at]!);
          else if (at > 0) segments.splice(at - 1, 2, segments[at]!, segments[at - 1]!);
        }
        const { wire, received } = webSocketWire();
        wire.send({ seq: -1, flags: 'S' }, ...segments).end();
        expect(received.map(({ text }) => text)).toEqual(sent);
        expect(wire.ledger.settled).toBe(wire.ledger.read);
        expect(wire.fates.filter((fate) => !EXPECTED.has(fate ?? ''))).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

function framesOf(
  payload: Buffer,
  {
    deflated,
    masked,
    cuts,
    ping,
    bits,
  }: { deflated: boolean; masked: boolean; cuts: number[]; ping: boolean; bits: 16 | 64 },
): Buffer[] {
  const places = [
    0,
    ...cuts.map((cut) => Math.floor(cut * payload.length)).sort((a, b) => a - b),
    payload.length,
  ];
  return places.slice(1).flatMap((end, index) => {
    const first = index === 0;
    const data = frame(payload.subarray(places[index], end), {
      opcode: first ? 2 : 0,
      open: index < places.length - 2,
      reserved: first && deflated ? 64 : 0,
      masked,
      bits,
    });
    return ping ? [data, frame('still there?', { opcode: 9, masked })] : [data];
  });
}

const EXPECTED: ReadonlySet<string> = new Set([
  'empty',
  'web-socket',
  'sip',
  'sip-duplicate',
  'sip-keepalive',
  'tcp-retransmission',
  'duplicate',
]);

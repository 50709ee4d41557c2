// Hostile segments for tests: mostly pieces of two streams, one each way, sometimes of anywhere; cut, sent again, at any time.
import fc from 'fast-check';
import type { TcpWire } from './tcp-wire.ts';

export interface Piece {
  /** Where in its stream it begins, unless it follows the one before; counted from the stream's first octet. */
  readonly at: number;
  readonly length: number;
  /** Of the stream from B to A. */
  readonly other: boolean;
  readonly flags: string;
  readonly ack: number | null;
  /** Octets cut off behind it. */
  readonly missing: number;
  /** Seconds since the one before. */
  readonly later: number;
  /** Which connection: 0 in most. */
  readonly port: number;
  /** Those with 0 have one IP identification. */
  readonly same: number;
}

/** Pieces of up to `longest` octets, most of which begin within the first `within` of a stream. */
export function piecesOf(
  { within, longest }: { within: number; longest: number },
  maxLength: number,
): fc.Arbitrary<Piece[]> {
  const piece: fc.Arbitrary<Piece> = fc.record({
    at: fc.oneof(
      { arbitrary: fc.nat(within), weight: 6 },
      { arbitrary: fc.integer({ min: -3, max: 0 }), weight: 1 },
      { arbitrary: fc.nat(0xffff_ffff), weight: 1 },
    ),
    length: fc.oneof(fc.constantFrom(0, 1, 2), fc.nat(longest)),
    other: fc.boolean(),
    flags: fc.oneof(
      { arbitrary: fc.constant(''), weight: 12 },
      { arbitrary: fc.constantFrom('S', 'F', 'R', 'SF', 'FR'), weight: 1 },
    ),
    ack: fc.option(fc.nat(within)),
    missing: fc.oneof({ arbitrary: fc.constant(0), weight: 9 }, { arbitrary: fc.nat(300), weight: 1 }),
    later: fc.oneof(
      { arbitrary: fc.constant(0), weight: 5 },
      { arbitrary: fc.integer({ min: -20, max: 20 }), weight: 1 },
    ),
    port: fc.oneof({ arbitrary: fc.constant(0), weight: 8 }, { arbitrary: fc.nat(5), weight: 1 }),
    same: fc.nat(20),
  });
  return fc.array(piece, { maxLength, size: 'max' });
}

export interface Sending {
  /** From A to B, and from B to A. */
  readonly streams: readonly [Buffer, Buffer];
  readonly pieces: readonly Piece[];
  /** With the SYN of both sides before them. */
  readonly syn: boolean;
  /** One piece in so many is where it says, with 1 all are; the others follow the one before. */
  readonly strays: number;
}

/** Sends the pieces over `wire`, then its end. */
export function sendPieces(wire: TcpWire, { streams, pieces, syn, strays }: Sending): void {
  if (syn) wire.send({ seq: -1001, flags: 'S' }, { seq: -1001, ack: -1000, flags: 'S', from: 2, to: 1 });
  let seconds = 1000;
  const next = [0, 0];
  for (const { at, length, other, flags, ack, missing, later, port, same } of pieces) {
    seconds += later;
    const side = other ? 1 : 0;
    const start = at % strays === 0 ? at : next[side]!;
    next[side] = start + length + missing;
    wire.send({
      seq: -1000 + start,
      data: streams[side].subarray(start, start + length),
      flags,
      missing,
      seconds,
      ...(ack !== null && { ack: -1000 + ack }),
      ...(same === 0 && { id: 7 }),
      fromPort: 5060 + port,
      ...(other && { from: 2, to: 1, fromPort: 5060, toPort: 5060 + port }),
    });
  }
  wire.end();
}

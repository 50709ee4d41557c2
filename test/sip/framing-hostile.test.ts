// Whatever segments come, nothing throws, and every packet settles once.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INVITE, OK, SDP, sip, sipWire } from './framing-wire.ts';

const chunk = fc.oneof(
  {
    arbitrary: fc.constantFrom(sip(INVITE, SDP), sip(OK), sip(OK, SDP, 'X: y'), sip(INVITE, SDP, 'l: 9999')),
    weight: 4,
  },
  {
    arbitrary: fc.constantFrom(
      '\r\n\r\n',
      '\r\n',
      '\0',
      'v=0\r\n',
      'INVITE sip:',
      'SIP/2',
      ' SIP/2.0\r\n',
      'GET / HTTP/1.1\r\n',
    ),
    weight: 3,
  },
  { arbitrary: fc.constant(`${INVITE}\r\nX: ${'y'.repeat(900)}`), weight: 1 },
  { arbitrary: fc.constant('\x16\x03\x01\x00\x05'), weight: 1 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 40 }), weight: 1 },
);

/** Mostly pieces of one stream, sometimes of anywhere. */
const segment = fc.record({
  at: fc.oneof(
    { arbitrary: fc.nat(3000), weight: 6 },
    { arbitrary: fc.integer({ min: -3, max: 0 }), weight: 1 },
    { arbitrary: fc.nat(0xffff_ffff), weight: 1 },
  ),
  length: fc.oneof(fc.constantFrom(0, 1, 2), fc.nat(800)),
  other: fc.boolean(),
  flags: fc.oneof(
    { arbitrary: fc.constant(''), weight: 12 },
    { arbitrary: fc.constantFrom('S', 'F', 'R', 'SF', 'FR'), weight: 1 },
  ),
  ack: fc.option(fc.nat(3000)),
  missing: fc.oneof({ arbitrary: fc.constant(0), weight: 9 }, { arbitrary: fc.nat(300), weight: 1 }),
  later: fc.oneof(
    { arbitrary: fc.constant(0), weight: 5 },
    { arbitrary: fc.integer({ min: -20, max: 20 }), weight: 1 },
  ),
  port: fc.oneof({ arbitrary: fc.constant(0), weight: 8 }, { arbitrary: fc.nat(5), weight: 1 }),
  same: fc.nat(20),
});

test('any segments are accounted for', () => {
  fc.assert(
    fc.property(
      fc.array(chunk, { minLength: 8, maxLength: 24 }),
      fc.array(chunk, { minLength: 8, maxLength: 24 }),
      fc.array(segment, { maxLength: 120, size: 'max' }),
      fc.boolean(),
      fc.boolean(),
      (up, down, segments, syn, ordered) => {
        const { wire } = sipWire(
          { headerOctets: 600, bodyOctets: 5000, spans: 8, bufferedInAll: 20_000 },
          { flows: 3, heldOctets: 2000, heldSegments: 6, heldInAll: 3000 },
        );
        const streams = [Buffer.from(up.join(''), 'latin1'), Buffer.from(down.join(''), 'latin1')];
        if (syn)
          wire.send({ seq: -1001, flags: 'S' }, { seq: -1001, ack: -1000, flags: 'S', from: 2, to: 1 });
        let seconds = 1000;
        const next = [0, 0];
        for (const { at, length, other, flags, ack, missing, later, port, same } of segments) {
          seconds += later;
          const side = other ? 1 : 0;
          const start = ordered && at % 4 !== 0 ? next[side]! : at;
          next[side] = start + length + missing;
          wire.send({
            seq: -1000 + start,
            data: streams[side]!.subarray(start, start + length),
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
        expect(wire.ledger.settled).toBe(wire.ledger.read);
      },
    ),
    { numRuns: 600 },
  );
});

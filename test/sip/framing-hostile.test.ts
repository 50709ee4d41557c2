// Whatever segments come, nothing throws, and every packet settles once.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf, sendPieces } from '../network/any-segments.ts';
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

test('any segments are accounted for', () => {
  fc.assert(
    fc.property(
      fc.array(chunk, { minLength: 8, maxLength: 24 }),
      fc.array(chunk, { minLength: 8, maxLength: 24 }),
      piecesOf({ within: 3000, longest: 800 }, 120),
      fc.boolean(),
      fc.boolean(),
      (up, down, pieces, syn, ordered) => {
        const { wire } = sipWire(
          { headerOctets: 600, bodyOctets: 5000, spans: 8, bufferedInAll: 20_000 },
          { flows: 3, heldOctets: 2000, heldSegments: 6, heldInAll: 3000 },
        );
        const octets = (chunks: string[]) => Buffer.from(chunks.join(''), 'latin1');
        sendPieces(wire, { streams: [octets(up), octets(down)], pieces, syn, strays: ordered ? 4 : 1 });
        expect(wire.ledger.settled).toBe(wire.ledger.read);
      },
    ),
    { numRuns: 600 },
  );
});

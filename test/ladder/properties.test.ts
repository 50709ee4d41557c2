import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { Aliases } from '../../src/ladder/alias.ts';
import { draw } from '../../src/ladder/draw.ts';
import type { Flow, FlowMessage } from '../../src/ladder/flow.ts';
import { renderText } from '../../src/ladder/text.ts';
import { endpoint } from './scene.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    'INVITE',
    'Ringing',
    'sip:bob@example.com',
    '',
    '\x1b[2J',
    '👩‍👩‍👧',
    '\u202eabc',
    'e\u0301\u0301\u0301\u0301',
    '\ud800',
  ),
);
const address = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom(5060, 5080))
  .map(([host, port]) =>
    endpoint(host % 5 === 0 ? `[2001:db8::${host}]:${port}` : `192.0.2.${host}:${port}`),
  );

const message: fc.Arbitrary<Omit<FlowMessage, 'frame'>> = fc.record({
  seconds: fc.integer({ min: 0, max: 100_000 }),
  nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
  src: address,
  dst: address,
  transport: fc.constant('udp'),
  method: text,
  status: fc.oneof(fc.constant(0), fc.integer({ min: 100, max: 699 })),
  reason: text,
  cseqNumber: fc.integer({ min: -1, max: 2 ** 32 }),
  cseqMethod: text,
  media: fc.array(
    fc.record({
      media: text,
      address: text,
      port: fc.oneof(fc.constant(Number.NaN), fc.nat(65535)),
      codecs: fc.array(text, { maxLength: 5 }),
      direction: text,
      im: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  body: text,
  retransmission: fc.boolean(),
  duplicateOf: fc.constant(0),
  delay: fc.option(fc.double({ noNaN: true, min: -1e9, max: 1e9 })),
  marks: fc.array(text, { maxLength: 2 }),
});

const flow: fc.Arbitrary<Flow> = fc.record({
  index: fc.nat(),
  kind: text,
  callId: text,
  from: text,
  to: text,
  state: text,
  cause: text,
  unkept: fc.nat(3),
  partial: fc.boolean(),
  roles: fc.constant(new Map([['192.0.2.1:5060', 'proxy']])),
  messages: fc
    .array(message, { maxLength: 40 })
    .map((messages) => messages.map((each, index) => ({ ...each, frame: 7000 + index }))),
});

const options = fc.record({
  width: fc.integer({ min: 40, max: 240 }),
  ascii: fc.boolean(),
  time: fc.constantFrom('absolute', 'relative', 'delta'),
});

test('no line is wider than asked for, or holds what acts on a terminal; every message is drawn once', () => {
  fc.assert(
    fc.property(
      flow,
      options,
      fc.record({ name: text, addresses: fc.constant(['192.0.2.3']) }),
      (call, view, alias) => {
        const lines = [...renderText(draw(call, { aliases: new Aliases().add(alias) }), view)];
        for (const line of lines) {
          expect(stringWidth(line)).toBeLessThanOrEqual(view.width);
          expect(line).toMatch(view.ascii ? /^[\x20-\x7e]*$/ : /^[^\p{C}\p{Zl}\p{Zp}]*$/u);
        }
        const drawn = lines.flatMap((line) => /^ *(7\d{3}) {2}/.exec(line)?.[1] ?? []);
        expect(drawn).toEqual(call.messages.map(({ frame }) => String(frame)));
      },
    ),
    { numRuns: 300 },
  );
});

// Flows with any text in every place that the wire fills.
import fc from 'fast-check';
import type { Flow, FlowFinding, FlowMessage, FlowStream } from '../../src/ladder/flow.ts';
import { endpoint } from './scene.ts';

export const text = fc.oneof(
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
const finding: fc.Arbitrary<FlowFinding> = fc.record({
  severity: fc.constantFrom('error', 'warning', 'info'),
  rule: text,
  message: text,
});

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
  findings: fc.array(finding, { maxLength: 3 }),
});

const stream: fc.Arbitrary<FlowStream> = fc.record({
  seconds: fc.integer({ min: 0, max: 100_000 }),
  nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
  frame: fc.integer({ min: 1, max: 6999 }),
  lastFrame: fc.integer({ min: 1, max: 6999 }),
  src: address,
  dst: address,
  srcAsker: fc.option(address),
  dstAsker: fc.option(address),
  protocol: fc.constantFrom('RTP', 'SRTP'),
  media: text,
  codecs: fc.array(text, { maxLength: 5 }),
  ssrc: fc.nat(),
  packets: fc.integer({ min: 1, max: 1e9 }),
  lost: fc.nat(),
  jitter: fc.option(fc.double({ noNaN: true, min: 0, max: 1e9 })),
  milliseconds: fc.double({ noNaN: true, min: 0, max: 1e9 }),
});

export const flow: fc.Arbitrary<Flow> = fc.record({
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
  streams: fc.array(stream, { maxLength: 4 }),
  findings: fc.array(finding, { maxLength: 2 }),
});

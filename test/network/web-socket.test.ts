import { expect, test } from 'vitest';
import { OUTCOMES, OutcomeLedger } from '../../src/network/outcome.ts';
import { Payload } from '../../src/network/payload.ts';
import { webSockets } from '../../src/network/web-socket/web-socket.ts';
import type { Segment } from './tcp-wire.ts';
import {
  client,
  compressed,
  type FrameTraits,
  frame,
  GET,
  masked,
  OK,
  OPTIONS,
  type Received,
  SWITCHING,
  server,
  sip,
  webSocketWire,
} from './web-socket-wire.ts';

/** What becomes of segments: the messages, the packets, what was odd. */
function seen(
  segments: readonly Segment[],
  ...limits: Parameters<typeof webSocketWire>
): [Received[], (string | undefined)[], [string, (readonly number[])?][]] {
  const { wire, received } = webSocketWire(...limits);
  wire.send(...segments).end();
  expect(wire.ledger.settled).toBe(wire.ledger.read);
  const odd = wire.diagnostics.map(({ code, frames }): [string, (readonly number[])?] =>
    frames === undefined ? [code] : [code, frames],
  );
  return [received, wire.fates, odd];
}

/** What becomes of what the server sends behind its 101. */
function answered(...parts: (Buffer | string | number)[]): ReturnType<typeof seen> {
  const side = server();
  const segments = [side.syn, side.says(SWITCHING)];
  for (const part of parts) {
    if (typeof part === 'number') side.misses(part);
    else segments.push(side.says(part));
  }
  const [received, fates, odd] = seen(segments);
  expect(fates.slice(0, 2)).toEqual(['empty', 'web-socket']);
  return [received, fates.slice(2), odd];
}

const ws = (text: string, ...frames: number[]): Received => ({ text, frames, transport: 'ws' });
/** A message cut off somewhere: its whole lines. */
const cut = (text: string, ...frames: number[]): Received => ({
  ...ws(text.endsWith('\r\n\r\n') ? text : text.slice(0, text.lastIndexOf('\n') + 1), ...frames),
  truncated: true,
});

test('RFC 7118 §4.1: a handshake, a request of the client, a response of the server', () => {
  const [a, b] = [client(), server()];
  expect(
    seen([a.syn, b.syn, a.says(GET), b.says(SWITCHING), a.says(masked(OPTIONS)), b.says(frame(OK))]),
  ).toEqual([[ws(OPTIONS, 5), ws(OK, 6)], ['empty', 'empty', 'web-socket', 'web-socket', 'sip', 'sip'], []]);
});

test('a handshake in pieces, its end in the segment of the first frame', () => {
  const a = client();
  const pieces = [GET.slice(0, 1), GET.slice(1, 4), GET.slice(4, 40), GET.slice(40, -1)];
  const segments = [...pieces.map((piece) => a.says(piece)), a.says('\n', masked(OPTIONS))];
  expect(seen([a.syn, ...segments])).toEqual([
    [ws(OPTIONS, 6)],
    ['empty', 'web-socket', 'web-socket', 'web-socket', 'web-socket', 'sip'],
    [],
  ]);
});

test.each<[string, FrameTraits]>([
  ['text', { opcode: 1 }],
  ['binary', { opcode: 2 }],
  ['masked', { masked: true }],
  ['a length of 16 bits', { bits: 16 }],
  ['a length of 64 bits', { bits: 64 }],
  ['a length of 64 bits, masked', { bits: 64, masked: true }],
])('RFC 6455 §5.2: %s', (_, traits) => {
  expect(answered(frame(OPTIONS, traits))).toEqual([[ws(OPTIONS, 3)], ['sip'], []]);
});

test('a message of more than 65535 octets', () => {
  const long = sip('MESSAGE sip:bob@example.com SIP/2.0', 'c', `X: ${'x'.repeat(70_000)}\r\n`);
  expect(answered(frame(long).subarray(0, 50_000), frame(long).subarray(50_000))).toEqual([
    [ws(long, 3, 4)],
    ['sip', 'sip'],
    [],
  ]);
});

test('several frames in one segment, one frame over several', () => {
  const two = frame(OK);
  expect(
    answered(
      Buffer.concat([frame(OPTIONS), frame(OK), two.subarray(0, 1)]),
      two.subarray(1, 3),
      two.subarray(3, 30),
      Buffer.concat([two.subarray(30), frame(OPTIONS)]),
    ),
  ).toEqual([
    [ws(OPTIONS, 3), ws(OK, 3), ws(OK, 3, 4, 5, 6), ws(OPTIONS, 6)],
    ['sip', 'sip', 'sip', 'sip'],
    [],
  ]);
});

test('RFC 6455 §5.4: frames of one message, control frames between them', () => {
  const [first, second, third] = [OPTIONS.slice(0, 9), OPTIONS.slice(9, 60), OPTIONS.slice(60)];
  expect(
    answered(
      frame(first, { open: true }),
      frame('ping', { opcode: 9 }),
      Buffer.concat([frame(second, { opcode: 0, open: true }), frame('', { opcode: 10 })]),
      frame('', { opcode: 0, open: true }),
      frame('', { opcode: 9 }),
      frame(third, { opcode: 0 }),
      frame('\x03\xe8', { opcode: 8 }),
    ),
  ).toEqual([
    [ws(OPTIONS, 3, 5, 6, 8)],
    ['sip', 'sip-keepalive', 'sip', 'sip', 'sip-keepalive', 'sip', 'web-socket'],
    [],
  ]);
});

test('RFC 7118 §6: pings and line ends keep the connection open', () => {
  expect(
    answered(frame('\r\n\r\n'), frame('\r\n'), frame('', { opcode: 9 }), frame('', { opcode: 10 })),
  ).toEqual([[], ['sip-keepalive', 'sip-keepalive', 'sip-keepalive', 'sip-keepalive'], []]);
});

test('RFC 3261 §7.5: line ends before a start line', () => {
  expect(answered(frame(`\r\n\r\n${OK}`))).toEqual([[ws(`\r\n\r\n${OK}`, 3)], ['sip'], []]);
});

test('segments out of order and sent again', () => {
  const a = client();
  const [get, one, two] = [
    a.says(GET),
    a.says(masked(OPTIONS).subarray(0, 50)),
    a.says(masked(OPTIONS).subarray(50)),
  ];
  expect(seen([a.syn, get, two, one, one, two])).toEqual([
    [ws(OPTIONS, 3, 4)],
    ['empty', 'web-socket', 'sip', 'sip', 'tcp-retransmission', 'tcp-retransmission'],
    [],
  ]);
});

test('other messages than SIP are passed over once the handshake names SIP', () => {
  expect(answered(frame('{"type":"hello"}'), frame('x'.repeat(400)), frame(OK))).toEqual([
    [ws(OK, 5)],
    ['not-sip', 'not-sip', 'sip'],
    [],
  ]);
});

test('what a message is shows whether a WebSocket that names no subprotocol carries SIP', () => {
  const bare = SWITCHING.replace(/Sec-WebSocket-Protocol.*\r\n/, '');
  const b = server();
  const ping = frame('', { opcode: 9 });
  expect(seen([b.syn, b.says(bare), b.says(ping), b.says(frame(OK)), b.says(ping)])).toEqual([
    [ws(OK, 4)],
    ['empty', 'web-socket', 'web-socket', 'sip', 'sip-keepalive'],
    [],
  ]);
  for (const other of ['{"type":"hello"}', `{${'x'.repeat(300)}`]) {
    const none = server();
    const octets = frame(other);
    expect(
      seen([
        none.syn,
        none.says(bare),
        none.says(octets.subarray(0, 270)),
        ...(octets.length > 270 ? [none.says(octets.subarray(270))] : []),
        none.says(frame(OK)),
      ])[0],
    ).toEqual([]);
  }
});

test.each([
  ['a GET of a page', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a GET that only ends elsewhere', ['GET / HTTP/1.1\r\nHost: a\r\n', '\r\n']],
  [
    'a GET whose header section is too long',
    ['GET / HTTP/1.1\r\nUpgrade: websocket\r\n', `X: ${'x'.repeat(17_000)}`],
  ],
  ['a POST', 'POST / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n'],
  ['a 200', 'HTTP/1.1 200 OK\r\nUpgrade: websocket\r\n\r\n'],
  ['a 101 to something else', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n'],
  ['HTTP/1.0', 'HTTP/1.0 101 Switching\r\nUpgrade: websocket\r\n\r\n'],
])('%s opens no WebSocket', (_, data) => {
  const a = client();
  const parts = [data].flat();
  const [received, fates, odd] = seen([a.syn, ...parts.map((part) => a.says(part)), a.says(masked(OPTIONS))]);
  expect([received, fates, odd]).toEqual([[], ['empty', ...parts.map(() => 'not-sip'), 'not-sip'], []]);
});

test('joined in the middle: where a segment begins with a frame that begins a SIP message', () => {
  const [a, b] = [client(), server()];
  expect(
    seen([
      b.says('the rest of something'),
      b.says(frame('', { opcode: 10 })),
      b.says(frame(OK), frame(OPTIONS)),
      a.says(masked(OPTIONS).subarray(0, 90)),
      a.says(masked(OPTIONS).subarray(90)),
    ]),
  ).toEqual([
    [ws(OK, 3), ws(OPTIONS, 3), ws(OPTIONS, 4, 5)],
    ['not-sip', 'not-sip', 'sip', 'sip', 'sip'],
    [],
  ]);
});

test('joined at its handshake', () => {
  const [a, b] = [client(), server()];
  expect(seen([a.says(GET), b.says(SWITCHING), a.says(masked(OPTIONS)), b.says(frame(OK))])).toEqual([
    [ws(OPTIONS, 3), ws(OK, 4)],
    ['web-socket', 'web-socket', 'sip', 'sip'],
    [],
  ]);
});

test('octets missing inside of a frame cost its message alone', () => {
  const [whole] = [frame(OPTIONS)];
  expect(answered(whole.subarray(0, 60), 20, whole.subarray(80), frame(OK))).toEqual([
    [cut(OPTIONS.slice(0, 58), 3), ws(OK, 5)],
    ['sip', 'sip', 'sip'],
    [
      ['tcp/gap', [4]],
      ['network/web-socket-cut', [3]],
    ],
  ]);
});

test('where a header is missing the next frame of SIP is looked for at the beginnings of segments', () => {
  expect(
    answered(frame(OK), 5, OPTIONS, `\r\n${OPTIONS}`, Buffer.concat([frame(OPTIONS), frame(OK)])),
  ).toEqual([
    [ws(OK, 3), ws(OPTIONS, 6), ws(OK, 6)],
    ['sip', 'tcp-gap', 'tcp-gap', 'sip'],
    [['tcp/gap', [4]], ['network/web-socket-resync']],
  ]);
});

test('a segment cut by the snap length', () => {
  const b = server();
  const whole = frame(OPTIONS);
  const first = { ...b.says(SWITCHING) };
  const short = { ...b.says(whole.subarray(0, 70)), missing: whole.length - 70 };
  b.misses(whole.length - 70);
  const early = { ...b.says(whole.subarray(0, 5)), missing: whole.length - 5 };
  b.misses(whole.length - 5);
  expect(seen([b.syn, first, short, early, b.says(frame(OK))])).toEqual([
    [cut(OPTIONS.slice(0, 68), 3), ws(OK, 5)],
    ['empty', 'web-socket', 'sip', 'truncated', 'sip'],
    [['network/web-socket-cut', [3]]],
  ]);
});

test('the capture ends inside of a message', () => {
  expect(answered(frame(OPTIONS).subarray(0, 100))).toEqual([
    [cut(OPTIONS.slice(0, 98), 3)],
    ['sip'],
    [['network/web-socket-cut', [3]]],
  ]);
});

test.each<[string, Buffer]>([
  ['RSV2', frame('x', { reserved: 32 })],
  ['an opcode that is none', frame('x', { opcode: 3 })],
  ['a control opcode that is none', frame('x', { opcode: 11 })],
  ['a ping in pieces', frame('x', { opcode: 9, open: true })],
  ['a ping that is too long', frame('x'.repeat(126), { opcode: 9 })],
  ['RSV1 where a message goes on', frame('x', { opcode: 0, reserved: 64 })],
  ['a length that cannot be', Buffer.from([0x81, 127, 0x80, 0, 0, 0, 0, 0, 0, 0])],
])('RFC 6455 §5: %s is no frame', (_, octets) => {
  const [received, fates, odd] = answered(Buffer.concat([octets, frame(OK)]), frame(OPTIONS));
  expect(received).toEqual([ws(OPTIONS, 4)]);
  expect(fates).toEqual(['not-sip', 'sip']);
  expect(odd.map(([code]) => code)).toEqual(['network/web-socket-malformed', 'network/web-socket-resync']);
});

test('a message begins before the last one has ended; one goes on that never began', () => {
  expect(answered(frame(OPTIONS, { open: true }), frame(OK), frame('x', { opcode: 0 }), frame(OK))).toEqual([
    [cut(OPTIONS, 3), ws(OK, 4), ws(OK, 6)],
    ['sip', 'sip', 'tcp-gap', 'sip'],
    [['network/web-socket-cut', [3, 4]]],
  ]);
});

test('a message that is too long is passed over', () => {
  const b = server();
  const long = frame(sip('MESSAGE sip:b SIP/2.0', 'c', `X: ${'x'.repeat(500)}\r\n`));
  expect(
    seen(
      [
        b.syn,
        b.says(SWITCHING),
        b.says(long.subarray(0, 100)),
        b.says(long.subarray(100)),
        b.says(frame(OK)),
      ],
      {
        messageOctets: 400,
      },
    ),
  ).toEqual([
    [ws(OK, 5)],
    ['empty', 'web-socket', 'sip-malformed', 'sip-malformed', 'sip'],
    [['network/web-socket-too-long', [3]]],
  ]);
});

test('a message in too many frames is passed over', () => {
  const b = server();
  const more = Buffer.concat([frame('', { opcode: 9 }), frame('', { opcode: 0, open: true })]);
  const segments = [
    b.says(SWITCHING),
    b.says(frame(OPTIONS, { open: true })),
    b.says(...Array<Buffer>(20).fill(more)),
    b.says(frame('', { opcode: 0 }), frame(OK)),
  ];
  expect(seen([b.syn, ...segments], { spans: 8 })).toEqual([
    [ws(OK, 5)],
    ['empty', 'web-socket', 'sip-malformed', 'sip-malformed', 'sip'],
    [['network/web-socket-too-long', [3, 4]]],
  ]);
});

test('when too much is held, what waits longest is handed on as it is', () => {
  const [a, b] = [client(), server()];
  expect(
    seen(
      [
        ...[a.syn, b.syn, a.says(GET), b.says(SWITCHING)],
        a.says(masked(OPTIONS).subarray(0, 100)),
        b.says(frame(OK).subarray(0, 60)),
        a.says(masked(OPTIONS).subarray(100)),
        b.says(frame(OK).subarray(60)),
      ],
      { bufferedInAll: 5000 },
    ),
  ).toEqual([
    [cut(OPTIONS.slice(0, 94), 5), ws(OK, 6, 8)],
    ['empty', 'empty', 'web-socket', 'web-socket', 'sip', 'sip', 'sip', 'sip'],
    [
      ['network/web-socket-buffer-full', [5]],
      ['network/web-socket-cut', [5]],
    ],
  ]);
});

const TEXTS = [OPTIONS, OK, sip('SIP/2.0 180 Ringing'), sip('BYE sip:bob@example.com SIP/2.0', 'd')];

test.each([true, false])('RFC 7692: compressed messages; with context takeover: %s', async (takeover) => {
  const octets = await compressed(TEXTS, takeover);
  const half = octets[1]!.length >> 1;
  const frames = [
    frame(octets[0]!, { reserved: 64 }),
    Buffer.concat([
      frame(octets[1]!.subarray(0, half), { reserved: 64, open: true, opcode: 2 }),
      frame('', { opcode: 9 }),
      frame(octets[1]!.subarray(half), { opcode: 0 }),
    ]),
    frame('SIP/2.0 202 Accepted\r\n\r\n'),
    frame(octets[2]!, { reserved: 64, masked: true }),
    frame(octets[3]!, { reserved: 64 }),
  ];
  expect(answered(...frames)).toEqual([
    [
      ws(TEXTS[0]!, 3),
      ws(TEXTS[1]!, 4),
      ws('SIP/2.0 202 Accepted\r\n\r\n', 5),
      ws(TEXTS[2]!, 6),
      ws(TEXTS[3]!, 7),
    ],
    ['sip', 'sip', 'sip', 'sip', 'sip'],
    [],
  ]);
});

test('a compressed message that is missing takes those that refer to it along, and no others', async () => {
  for (const takeover of [true, false]) {
    const octets = await compressed(TEXTS, takeover);
    const [one, two, three, four] = octets.map((each) => frame(each, { reserved: 64 })) as [
      ...[Buffer, Buffer, Buffer, Buffer],
    ];
    const lost = two.length - 2;
    const [received, fates, odd] = answered(one, two.subarray(0, 2), lost, three, four);
    expect(received).toEqual(
      takeover ? [ws(TEXTS[0]!, 3)] : [ws(TEXTS[0]!, 3), ws(TEXTS[2]!, 5), ws(TEXTS[3]!, 6)],
    );
    expect(fates).toEqual(
      takeover ? ['sip', 'tcp-gap', 'sip-malformed', 'sip-malformed'] : ['sip', 'tcp-gap', 'sip', 'sip'],
    );
    expect(odd.map(([code]) => code)).toEqual(
      takeover ? ['tcp/gap', 'network/web-socket-inflate', 'network/web-socket-inflate'] : ['tcp/gap'],
    );
  }
});

test('compressed messages on a stream joined in the middle', async () => {
  const [one, two] = (await compressed([OPTIONS, OK], false)) as [Buffer, Buffer];
  const a = client();
  expect(seen([a.says(masked(one, { reserved: 64 })), a.says(masked(two, { reserved: 64 }))])).toEqual([
    [ws(OPTIONS, 1), ws(OK, 2)],
    ['sip', 'sip'],
    [],
  ]);
});

test('octets that do not decompress, or become too many', async () => {
  const [bomb] = (await compressed(
    [sip('OPTIONS sip:b SIP/2.0', 'c', `X: ${'x'.repeat(2_000_000)}\r\n`)],
    false,
  )) as [Buffer];
  for (const octets of [Buffer.from([0xff, 0xff]), bomb])
    expect(answered(frame(octets, { reserved: 64 }), frame(OK))).toEqual([
      [ws(OK, 4)],
      ['sip-malformed', 'sip'],
      [['network/web-socket-inflate', [3]]],
    ]);
});

test('RFC 7118 §5.1: what was decrypted came by WSS; packets of several parts settle once', () => {
  const transports: string[] = [];
  const fates: [number, string][] = [];
  const conversation = { sip: false, tls: null };
  const ends = new Payload();
  const consumer = webSockets({
    ledger: new OutcomeLedger((number, outcome) => fates.push([number, OUTCOMES[outcome]!])),
    onDiagnostic: () => {},
    onMessage: ({ transport }) => transports.push(transport) > 0,
  })({ src: ends.src, dst: ends.dst, transport: 'tls', passage: null, conversation, fromStart: true });
  const gives = (octets: Buffer, number: number, more: boolean): boolean => {
    ends.data = octets;
    ends.end = octets.length;
    ends.frame = number;
    return consumer.data(ends, more);
  };
  const whole = frame(OK);
  expect([
    gives(Buffer.from(SWITCHING), 1, false),
    gives(whole.subarray(0, 50), 2, true),
    gives(whole.subarray(50), 2, true),
    gives(whole.subarray(0, 9), 2, false),
    gives(whole.subarray(9), 3, false),
  ]).toEqual([true, true, true, true, true]);
  consumer.end();
  expect([transports, fates, conversation]).toEqual([
    ['wss', 'wss'],
    [
      [1, 'web-socket'],
      [2, 'sip'],
      [3, 'sip'],
    ],
    { sip: true, tls: null },
  ]);
});

test('a stream of SIP may hold what looks like a frame, and is none', () => {
  const text = `${OPTIONS.replace('WS', 'TCP').slice(0, -2)}Content-Length: 0\r\n\r\n`;
  const a = client();
  const [received, fates] = seen([a.syn, a.says(text), a.says(masked(OPTIONS)), a.says(text)]);
  expect(received.map(({ transport, frames }) => [transport, frames])).toEqual([
    ['tcp', [2]],
    ['tcp', [4]],
  ]);
  expect(fates).toEqual(['empty', 'sip', 'not-sip', 'sip']);
});

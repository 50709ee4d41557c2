// HEP3 over TCP: packets that begin and end anywhere in segments; each segment settles once.
import { expect, test } from 'vitest';
import { type Decoding, decode, type Sent, seenOptions } from './decoding.ts';
import { hep3, hepFacts } from './hep-wire.ts';
import { bytes, ethernet, ipv4, type Octets, tcp } from './octets.ts';

const IN_HEP = { tunnel: 'hep 192.0.2.1→192.0.2.9 agent 2001', hep: hepFacts() };
const SYN = 2;
const FIN_ACK = 0x11;
const PACKET = hep3();

const segment = (sequence: number, octets: Octets, flags = 0x18, at = 0): Sent => ({
  octets: ethernet(
    0x0800,
    ipv4(6, tcp(octets, sequence, flags, 40_000, 9060), {
      src: '192.0.2.1',
      dst: '192.0.2.9',
      id: 1 + sequence,
    }),
  ),
  at,
});
const syn = segment(0, bytes(), SYN);

/** Frame, frames and what is a copy of what. */
const shown = ({ datagrams, outcomes }: Decoding) => ({
  messages: datagrams.map(({ frame, frames, duplicateOf }) => [frame, frames, duplicateOf]),
  outcomes,
});

test('a packet in a segment, one more in the next', () => {
  const second = hep3({ seen: 1_000_700 });
  const decoding = decode(syn, segment(1, PACKET), segment(1 + PACKET.length, second, 0x18, 700));
  expect([decoding.datagrams, decoding.outcomes, decoding.codes]).toEqual([
    [seenOptions({ ...IN_HEP, frame: 2 }), seenOptions({ ...IN_HEP, frame: 3, at: 700 })],
    ['empty', 'sip', 'sip'],
    [],
  ]);
});

test('a connection joined in its middle', () => {
  expect(shown(decode(segment(100, PACKET)))).toEqual({ messages: [[1, null, 0]], outcomes: ['sip'] });
  expect(shown(decode(segment(100, PACKET.subarray(9)), segment(100 + PACKET.length - 9, PACKET)))).toEqual({
    messages: [[2, null, 0]],
    outcomes: ['not-sip', 'sip'],
  });
});

test('wherever two packets are cut into three segments', () => {
  const stream = bytes(PACKET, hep3({ seen: 1_000_700 }));
  for (let first = 6; first < stream.length - 1; first += 7) {
    for (let second = first + 1; second < stream.length; second += 31) {
      const cuts = [0, first, second, stream.length];
      const segments = cuts.slice(1).map((end, i) => segment(1 + cuts[i]!, stream.subarray(cuts[i], end)));
      const { datagrams, outcomes } = decode(syn, ...segments);
      expect([datagrams.length, outcomes]).toEqual([2, ['empty', 'sip', 'sip', 'sip']]);
      const frames = datagrams.flatMap((m) => m.frames ?? [m.frame]);
      expect([Math.min(...frames), Math.max(...frames), datagrams.map((m) => m.duplicateOf)]).toEqual([
        2,
        4,
        [0, 0],
      ]);
    }
  }
});

test('out of order, and a retransmission', () => {
  const [head, tail] = [PACKET.subarray(0, 50), PACKET.subarray(50)];
  const decoding = decode(syn, segment(51, tail), segment(1, head), { ...segment(1, head), at: 3000 });
  expect(shown(decoding)).toEqual({
    messages: [[2, [2, 3], 0]],
    outcomes: ['empty', 'sip', 'sip', 'duplicate'],
  });
});

test('the time of a packet out of order is that of the segment that completed it', () => {
  const [head, tail] = [PACKET.subarray(0, 50), PACKET.subarray(50)];
  const decoding = decode(syn, { ...segment(51, tail), at: 20 }, { ...segment(1, head), at: 30 });
  expect(decoding.datagrams).toEqual([seenOptions({ ...IN_HEP, frame: 2, frames: [2, 3], at: 30 })]);
});

test('a segment that is missing: the next packet is found', () => {
  const stream = bytes(PACKET, PACKET, PACKET);
  const at = PACKET.length + 40;
  const sent = [
    stream.subarray(0, at),
    stream.subarray(at + 30, 2 * PACKET.length),
    stream.subarray(2 * PACKET.length),
  ];
  const decoding = decode(
    syn,
    segment(1, sent[0]!),
    segment(1 + at + 30, sent[1]!),
    segment(1 + 2 * PACKET.length, sent[2]!, 0x18, 20_000),
    segment(1 + 3 * PACKET.length, bytes(), FIN_ACK, 20_001),
  );
  expect([shown(decoding), decoding.codes]).toEqual([
    {
      messages: [
        [2, null, 0],
        [4, null, 2],
      ],
      outcomes: ['empty', 'sip', 'tcp-gap', 'sip-duplicate', 'empty'],
    },
    ['tcp/gap'],
  ]);
});

test('a packet that never becomes whole', () => {
  const decoding = decode(syn, segment(1, PACKET.subarray(0, 80)), segment(81, PACKET.subarray(80, 90)));
  expect(shown(decoding)).toEqual({ messages: [], outcomes: ['empty', 'tcp-gap', 'tcp-gap'] });
});

test('reports, damage, and SIP in one stream', () => {
  const report = hep3({ type: 5, payload: bytes('{}') });
  const damaged = bytes('HEP3', bytes(0, 0), 'HEP');
  const stream = [report, damaged, PACKET];
  let sequence = 1;
  const segments = stream.map((octets) => {
    const sent = segment(sequence, octets);
    sequence += octets.length;
    return sent;
  });
  expect(shown(decode(syn, ...segments)).outcomes).toEqual(['empty', 'not-sip', 'not-sip', 'sip']);
});

test('of octets that became several things the segment is what weighs most', () => {
  const report = hep3({ type: 5, payload: bytes('{}') });
  const damaged = bytes('HEP3', bytes(0, 12), 'broken');
  const open = PACKET.subarray(0, 80);
  const became = (...parts: Octets[]) => decode(syn, segment(1, bytes(...parts))).outcomes[1];
  expect([
    became(damaged),
    became(report, damaged),
    // The rest of `open` is missing.
    became(report, open),
    became(PACKET, open),
    became(PACKET, PACKET),
    became(hep3({ payload: bytes('OPTIONS sip:unusable SIP/2.0\r\n\r\n') }), open),
  ]).toEqual(['malformed', 'not-sip', 'tcp-gap', 'sip', 'sip', 'sip-malformed']);
});

test('what begins otherwise is not looked at', () => {
  expect(shown(decode(syn, segment(1, bytes('GET / HTTP/1.1\r\n\r\n', PACKET)))).outcomes).toEqual([
    'empty',
    'not-sip',
  ]);
});

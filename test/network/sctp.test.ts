// SIP over SCTP: whole in a chunk, in fragments, bundled, sent again, mirrored, cut, damaged.
import { describe, expect, test } from 'vitest';
import { type Decoding, decode, type Sent, seenOptions } from './decoding.ts';
import {
  bytes,
  ethernet,
  fragment6,
  hex,
  ipv4,
  ipv6,
  type Octets,
  OPTIONS,
  u16,
  u32,
  udp,
} from './octets.ts';
import { data, fragments, heartbeat, iData, iFragments, numbered, packet, sack, sctp } from './sctp-wire.ts';

const DIAMETER = hex('01000014 80000118 00000000 00000001 00000001');
const SIP = { transport: 'sctp' };

const all = ({ datagrams, outcomes, codes }: Decoding): unknown => [datagrams, outcomes, codes];

describe('whole in a chunk', () => {
  test.each([
    ['DATA', data(OPTIONS)],
    [
      'DATA, unordered, of another stream and protocol',
      data(OPTIONS, { unordered: true, stream: 7, protocol: 46 }),
    ],
    ['I-DATA', iData(OPTIONS)],
  ])('%s', (_name, chunk) => {
    expect(all(decode(packet(chunk, { at: 5 })))).toEqual([[seenOptions({ ...SIP, at: 5 })], ['sip'], []]);
  });

  test('over IPv6, on any port', () => {
    const octets = ipv6(132, sctp([data(OPTIONS)], { source: 40_000, destination: 7 }));
    expect(decode({ octets, linkType: 101 }).datagrams).toEqual([
      seenOptions({ ...SIP, src: '[2001:db8::1]:40000', dst: '[2001:db8::2]:7' }),
    ]);
  });

  test('several in one packet, among other chunks, are messages of that packet', () => {
    const [one, two] = [numbered(1), numbered(2)];
    const chunks = [sack(), data(one, { tsn: 1 }), data(DIAMETER, { tsn: 2 }), iData(two, { tsn: 3 })];
    expect(all(decode(packet(chunks)))).toEqual([
      [one, two].map((text) => seenOptions({ ...SIP, text: text.toString() })),
      ['sip'],
      [],
    ]);
  });

  test('in an IP packet that came in fragments', () => {
    const whole = sctp([data(OPTIONS)]);
    const cut = [
      ipv4(132, whole.subarray(0, 64), { more: true }),
      ipv4(132, whole.subarray(64), { offset: 64 }),
    ];
    expect(decode(...cut.map((octets) => ({ octets, linkType: 101 }))).datagrams).toEqual([
      seenOptions({ ...SIP, frames: [1, 2] }),
    ]);
    const cut6 = [
      fragment6(132, 1, 0, true, whole.subarray(0, 64)),
      fragment6(132, 1, 64, false, whole.subarray(64)),
    ];
    const seen = decode(...cut6.map((fragment) => ({ octets: ipv6(44, fragment), linkType: 101 })));
    expect(seen.datagrams.map(({ frames }) => frames)).toEqual([[1, 2]]);
  });

  test('the beginning of an IP packet that never became whole is not shown', () => {
    const octets = ipv4(132, sctp([data(OPTIONS)]).subarray(0, 64), { more: true });
    expect(all(decode({ octets, linkType: 101 }))).toEqual([[], ['fragment-missing'], []]);
  });

  test('what looked like SIP but gave no message', () => {
    expect(decode(packet(data(Buffer.from('INVITE sip:unusable')))).outcomes).toEqual(['sip-malformed']);
  });
});

describe('behind a UDP header (RFC 6951)', () => {
  const inUdp = (payload: Octets, source = 9899, destination = 9899): Sent => ({
    octets: ipv4(17, udp(payload, source, destination)),
    linkType: 101,
  });

  test('the ports are SCTP’s', () => {
    const seen = decode(
      inUdp(sctp([sack(), data(OPTIONS)], { source: 5070 })),
      inUdp(sctp([heartbeat()]), 40_000),
    );
    expect(all(seen)).toEqual([[seenOptions({ ...SIP, src: '10.0.0.1:5070' })], ['sip', 'sctp'], []]);
  });

  test.each([
    ['SIP', OPTIONS, 'sip'],
    ['RTP', bytes(hex('8000 0001 00000010 12345678'), Buffer.alloc(160, 0x55)), 'rtp'],
    ['a chunk of no type', bytes(sctp([]), hex('55000008 00000000')), 'not-sip'],
    ['chunks that end elsewhere', bytes(sctp([sack()]), 0, 0), 'not-sip'],
    ['port 0', sctp([sack()], { source: 0 }), 'not-sip'],
  ])('%s on the port is what it is', (_name, payload, outcome) => {
    expect(decode(inUdp(payload)).outcomes).toEqual([outcome]);
  });

  test('cut by the capture', () => {
    const { octets } = inUdp(sctp([data(OPTIONS)]));
    const cut = {
      octets: octets.subarray(0, octets.length - 30),
      linkType: 101,
      originalLength: octets.length,
    };
    expect(decode(cut).datagrams).toEqual([
      seenOptions({ ...SIP, text: OPTIONS.toString().slice(0, -27), truncated: true }),
    ]);
  });
});

describe.each([
  ['DATA', fragments],
  ['I-DATA', iFragments],
])('in fragments: %s', (name, cut) => {
  test('a packet each, and the time of the one that came last', () => {
    const [one, two, three] = cut(OPTIONS, 40, { tsn: 0xffff_fffe });
    const seen = decode(
      packet(two!, { at: 1 }),
      packet(sack(), { at: 2 }),
      packet([sack(), three!], { at: 3 }),
      packet(one!, { at: 4 }),
    );
    expect(all(seen)).toEqual([
      [seenOptions({ ...SIP, frames: [1, 3, 4], at: 4 })],
      ['sip', 'sctp', 'sip', 'sip'],
      [],
    ]);
  });

  test('all in one packet', () => {
    const seen = decode(packet([sack(), ...cut(OPTIONS, 30)]));
    expect(all(seen)).toEqual([[seenOptions(SIP)], ['sip'], []]);
  });

  test('the end of one and the beginning of the next in one packet, which settles once', () => {
    const [a, b] = cut(numbered(1), 60, { tsn: 1, sequence: 1 });
    const [c, d] = cut(numbered(2), 60, { tsn: 3, sequence: 2 });
    const seen = decode(packet(a!), packet([b!, c!]), packet(d!));
    expect(all(seen)).toEqual([
      [
        seenOptions({ ...SIP, text: numbered(1).toString(), frames: [1, 2] }),
        seenOptions({ ...SIP, text: numbered(2).toString(), frame: 2, frames: [2, 3] }),
      ],
      ['sip', 'sip', 'sip'],
      [],
    ]);
  });

  test('directions and associations are told apart, addresses are not looked at', () => {
    const [one, two] = cut(OPTIONS, 60);
    const other = { tag: 0x55667788 };
    const seen = decode(
      packet(one!, other),
      packet(one!),
      packet(two!, { ...other, source: 5070 }),
      packet(two!, { src: '10.0.1.1', dst: '10.0.1.2' }),
    );
    expect(all(seen)).toEqual([
      [seenOptions({ ...SIP, frame: 2, frames: [2, 4] }), OPTIONS_HEAD({ frame: 1, frames: null })],
      ['fragment-missing', 'sip', 'fragment-missing', 'sip'],
      ['sctp/fragment-missing'],
    ]);
  });

  test('a fragment sent again, before and after the message was whole', () => {
    const [one, two] = cut(OPTIONS, 60);
    const seen = decode(
      packet(one!),
      packet([one!, sack()]),
      packet(two!),
      packet(one!),
      packet([one!, two!]),
    );
    expect(all(seen)).toEqual([
      [seenOptions({ ...SIP, frames: [1, 3] })],
      ['sip', 'tcp-retransmission', 'sip', 'tcp-retransmission', 'tcp-retransmission'],
      [],
    ]);
  });

  test('packets shown twice share the fate of the message', () => {
    const twice = (text: Octets): Sent[] =>
      cut(text, 60).flatMap((chunk) => {
        const sent = packet(chunk);
        return [sent, { ...sent, at: 2 }];
      });
    expect(all(decode(...twice(OPTIONS)))).toEqual([
      [seenOptions({ ...SIP, frames: [1, 3] })],
      ['sip', 'sip-duplicate', 'sip', 'sip-duplicate'],
      [],
    ]);
    expect(decode(...twice(Buffer.alloc(100, 1))).outcomes).toEqual([
      'not-sip',
      'duplicate',
      'not-sip',
      'duplicate',
    ]);
  });

  test('one that never comes: SIP is shown as far as it came', () => {
    const [one, two, , four] = cut(OPTIONS, 30);
    const seen = decode(
      packet(one!, { at: 10 }),
      packet(two!, { at: 20 }),
      packet(four!),
      packet(heartbeat(), { at: 31_000 }),
    );
    expect([seen.datagrams, seen.outcomes, seen.diagnostics]).toEqual([
      [OPTIONS_HEAD({ frames: [1, 2], at: 10 })],
      ['fragment-missing', 'fragment-missing', 'fragment-missing', 'sctp'],
      [
        {
          code: 'sctp/fragment-missing',
          severity: 'warning',
          message: 'A fragment of this SIP message over SCTP is missing: it is shown as far as it came',
          frames: [1, 2],
        },
      ],
    ]);
  });

  test('cut by the capture: the message ends there', () => {
    const [one, two] = cut(OPTIONS, 64);
    const { octets } = packet(one!);
    const short = { octets: octets.subarray(0, -10), linkType: 101, originalLength: octets.length };
    expect(decode(short, packet(two!)).datagrams).toEqual([
      seenOptions({ ...SIP, text: OPTIONS.toString().slice(0, 54), frames: [1, 2], truncated: true }),
    ]);
  });

  test('two messages at a time, of streams, or interleaved', () => {
    const size = 60;
    const a = cut(numbered(1), size, { tsn: 1, stream: 1, sequence: 4 });
    const b = cut(numbered(2), size, { tsn: name === 'DATA' ? 9 : 2, stream: 2, sequence: 4 });
    const seen = decode(packet(a[0]!), packet(b[1]!), packet(b[0]!), packet(a[1]!));
    expect(seen.datagrams.map(({ text, frames }) => [text, frames])).toEqual([
      [numbered(2).toString(), [2, 3]],
      [numbered(1).toString(), [1, 4]],
    ]);
  });

  test('a flood of first fragments is bounded, and said so once', () => {
    const packets = Array.from({ length: 9000 }, (_, tsn) =>
      packet(data(OPTIONS.subarray(0, 60), { tsn: tsn * 2, ends: false })),
    );
    const seen = decode(...packets);
    expect(seen.codes.filter((code) => code === 'sctp/fragments-evicted')).toHaveLength(1);
    expect([seen.ledger.settled, seen.datagrams.length]).toEqual([9000, 9000]);
  });
});

/** The message of which the end is missing: 60 octets of it. */
function OPTIONS_HEAD(over: object) {
  return seenOptions({ ...SIP, text: OPTIONS.toString().slice(0, 60), truncated: true, ...over });
}

test('a message that grows without an end is given up', () => {
  const chunk = (tsn: number): Buffer =>
    data(Buffer.alloc(60_000, 1), { tsn, begins: tsn === 0, ends: false });
  const packets = Array.from({ length: 80 }, (_, tsn) => packet(chunk(tsn), { at: tsn }));
  const decoding = decode(...packets);
  expect(decoding.outcomes).toEqual(packets.map(() => 'fragment-missing'));
});

describe('seen before', () => {
  const outcomes = (...packets: Sent[]): unknown => {
    const seen = decode(...packets);
    return [seen.datagrams.map(({ duplicateOf }) => duplicateOf), seen.outcomes];
  };

  test('the same packet within 400 ms is a duplicate made by the capture', () => {
    const twice = (at: number): Sent => packet(data(OPTIONS), { id: 5, at });
    expect(outcomes(twice(0), twice(1), twice(400), twice(401))).toEqual([
      [0, 1, 1],
      ['sip', 'sip-duplicate', 'sip-duplicate', 'tcp-retransmission'],
    ]);
    const unnumbered = (at: number): Sent => packet(data(OPTIONS), { id: 0, at });
    expect(outcomes(unnumbered(0), unnumbered(2), unnumbered(3))).toEqual([
      [0, 1],
      ['sip', 'sip-duplicate', 'tcp-retransmission'],
    ]);
  });

  test('sent again: another packet, perhaps to another address, or bundled otherwise, or twice in one', () => {
    const chunk = data(OPTIONS);
    expect(
      outcomes(
        packet(chunk, { id: 5 }),
        packet(chunk, { id: 5, dst: '10.0.1.2' }),
        packet([sack(), chunk], { id: 6 }),
        packet([data(numbered(2), { tsn: 2 }), data(numbered(2), { tsn: 2 })]),
        packet(chunk, { at: 60_000 }),
      ),
    ).toEqual([
      [0, 0],
      ['sip', 'tcp-retransmission', 'tcp-retransmission', 'sip', 'tcp-retransmission'],
    ]);
  });

  test('SIP sent again by SIP is another chunk', () => {
    expect(outcomes(packet(data(OPTIONS, { tsn: 1 })), packet(data(OPTIONS, { tsn: 2 })))).toEqual([
      [0, 0],
      ['sip', 'sip'],
    ]);
  });

  test('the same TSN of other octets, direction or association is another chunk', () => {
    expect(
      outcomes(
        packet(data(OPTIONS)),
        packet(data(numbered(2))),
        packet(data(OPTIONS), { tag: 9 }),
        packet(data(OPTIONS), { source: 5070 }),
        packet(data(OPTIONS), { destination: 5070 }),
      ),
    ).toEqual([
      [0, 0, 0, 0, 0],
      ['sip', 'sip', 'sip', 'sip', 'sip'],
    ]);
  });
});

describe('what else a packet is', () => {
  const header = hex('13c413c4 00000001 00000000');
  const raw = (octets: Octets, originalLength = octets.length): string =>
    decode({ octets: ipv4(132, octets), linkType: 101, originalLength: originalLength + 20 }).outcomes.join();

  test.each([
    ['about the association', sctp([sack(), heartbeat()]), 'sctp'],
    ['INIT', sctp([bytes(1, 0, u16(20), u32(1), u32(65_535), u16(1), u16(1), u32(7))], { tag: 0 }), 'sctp'],
    ['Diameter', sctp([data(DIAMETER, { protocol: 46 })]), 'not-sip'],
    ['TLS', sctp([data(hex('160301002f0100002b0303'))]), 'tls-no-keys'],
    ['a keep-alive', sctp([data(Buffer.from('\r\n\r\n'))]), 'sip-keepalive'],
    ['line ends elsewhere', sctp([data(Buffer.from('\r\n\r\n'))], { source: 7, destination: 7 }), 'not-sip'],
    ['no user data', sctp([data(Buffer.alloc(0))]), 'empty'],
    ['no chunk', header, 'empty'],
    ['half a header', header.subarray(0, 8), 'malformed'],
    ['a chunk of no length', bytes(header, hex('00000000')), 'malformed'],
    ['half a chunk header', bytes(header, hex('0300')), 'malformed'],
    ['DATA too short', bytes(header, hex('0003000c 00000001 00000000')), 'malformed'],
    ['DATA beyond the end of its header', bytes(header, hex('00030020 00000001 00000000')), 'malformed'],
    ['SIP in DATA behind a chunk of no length', bytes(header, hex('03000000'), data(OPTIONS)), 'malformed'],
  ])('%s', (_name, octets, outcome) => {
    expect(raw(octets)).toBe(outcome);
  });

  test('several: the one named first', () => {
    expect(raw(sctp([sack(), data(DIAMETER), hex('03000000')]))).toBe('not-sip');
    expect(
      decode(packet(data(OPTIONS)), packet([data(OPTIONS), data(DIAMETER, { tsn: 2 })])).outcomes,
    ).toEqual(['sip', 'not-sip']);
  });

  test('a length beyond the end: what there is', () => {
    const chunk = data(OPTIONS, { length: 500 });
    expect(decode(packet(chunk)).datagrams).toEqual([
      seenOptions({ ...SIP, text: chunk.toString('latin1', 16), truncated: true }),
    ]);
  });

  test('cut by the capture', () => {
    const whole = sctp([data(OPTIONS)]);
    const cut = (size: number): string => {
      const octets = ipv4(132, whole).subarray(0, 20 + size);
      return decode({ octets, linkType: 101, originalLength: 20 + whole.length }).outcomes.join();
    };
    expect([8, 12, 14, 20, 28, 34, 60].map(cut)).toEqual([
      ...['truncated', 'truncated', 'truncated', 'truncated', 'truncated', 'truncated'],
      'sip',
    ]);
  });

  test('an ICMP error quotes SIP over SCTP', () => {
    const quote = (chunk: Octets): string =>
      decode({ octets: ipv4(1, bytes(hex('0303 0000 00000000'), ipv4(132, sctp([chunk])))), linkType: 101 })
        .outcomes[0]!;
    expect([quote(data(OPTIONS)), quote(sack()), quote(data(DIAMETER))]).toEqual([
      'sip-quoted',
      'icmp',
      'icmp',
    ]);
  });

  test('padding of the link layer is no chunk', () => {
    const octets = bytes(ethernet(0x0800, ipv4(132, sctp([sack()]))), Buffer.alloc(8));
    expect(decode(octets).outcomes).toEqual(['sctp']);
  });
});

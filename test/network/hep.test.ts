// SIP in HEP: between whom, through which agent, and whether the capture shows it otherwise, too.
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { glance } from '../../src/network/fast-path.ts';
import { decode, type Seen, type Sent, seenOptions } from './decoding.ts';
import { chunk, hep3, hep3Of, hepFacts, hepOld, mirrored } from './hep-wire.ts';
import { bytes, ethernet, hex, ipv4, ipv6, type Octets, OPTIONS, u16, udp } from './octets.ts';

const TUNNEL = 'hep 192.0.2.1→192.0.2.9 agent 2001';
const IN_HEP = seenOptions({ tunnel: TUNNEL, hep: hepFacts() });
/** Of version 2, which says no more. */
const OLD = hepFacts({ version: 2, correlationId: '' });
const IPV6_ENDS = { src: '[2001:db8::1]:5060', dst: '[2001:db8::2]:5060' };
const RTCP_REPORT = bytes('{"sender_information":{"packets":5}}');

const messages: [name: string, hep: Octets, seen: Partial<Seen>][] = [
  ['HEP3', hep3(), {}],
  ['HEP3 with IPv6', hep3({ family: 10 }), IPV6_ENDS],
  [
    'other ports',
    hep3({ sourcePort: 1024, destinationPort: 65_535 }),
    { src: '10.0.0.1:1024', dst: '10.0.0.2:65535' },
  ],
  ['TCP', hep3({ protocol: 6 }), { transport: 'tcp' }],
  ['SCTP', hep3({ protocol: 132 }), { transport: 'sctp' }],
  ['TLS', hep3({ protocol: 22 }), { transport: 'tls' }],
  ...['WS', 'wss', 'TLS'].map((via): [string, Octets, Partial<Seen>] => {
    const text = OPTIONS.toString().replace('SIP/2.0/UDP', `SIP / 2.0 / ${via}`);
    const transport = via.toLowerCase() as NonNullable<Seen['transport']>;
    return [
      `Via ${via} where the agent has no number for it`,
      hep3({ protocol: 22, payload: bytes(text) }),
      { transport, text },
    ];
  }),
  [
    'no agent',
    hep3Of(chunk(3, hex('0a000001')), chunk(4, hex('0a000002')), chunk(15, OPTIONS)),
    {
      ...{ src: '10.0.0.1:0', dst: '10.0.0.2:0', tunnel: 'hep 192.0.2.1→192.0.2.9' },
      hep: hepFacts({ agent: null, correlationId: '' }),
    },
  ],
  ['chunks of a vendor', hep3({ before: chunk(15, bytes('mine'), 9), after: chunk(11, bytes(5), 9) }), {}],
  ['chunks that nobody knows', hep3({ before: chunk(200, bytes('new')) }), {}],
  ['a payload that comes twice', hep3({ after: chunk(15, bytes('second')) }), {}],
  [
    'addresses of both families',
    hep3({ before: bytes(chunk(5, Buffer.alloc(16)), chunk(6, Buffer.alloc(16))) }),
    {},
  ],
  ['zlib', hep3({ payloadChunk: 16, payload: deflateSync(OPTIONS) }), {}],
  ['gzip', hep3({ payloadChunk: 16, payload: gzipSync(OPTIONS) }), {}],
  ['octets behind it', bytes(hep3(), 'padding'), {}],
  ['HEP1', hepOld(1), { tunnel: 'hep 192.0.2.1→192.0.2.9', hep: { ...OLD, version: 1, agent: null } }],
  ['HEP2', hepOld(2), { hep: OLD }],
  ['HEP2 from a host of the other order', hepOld(2, 'BE'), { hep: OLD }],
  ['HEP2 that counts the time as header', bytes(2, 28, hepOld(2).subarray(2)), { hep: OLD }],
];

test.each(messages)('%s', (_name, hep, seen) => {
  const decoding = decode(mirrored(hep));
  expect([decoding.datagrams, decoding.outcomes, decoding.codes]).toEqual([
    [{ ...IN_HEP, ...seen }],
    ['sip'],
    [],
  ]);
});

const MOST = 1 << 18;
const others: [name: string, hep: Octets, outcome: string][] = [
  ['a report about media', hep3({ type: 5, payload: RTCP_REPORT }), 'not-sip'],
  ['a log line that looks like SIP', hep3({ type: 100 }), 'not-sip'],
  ['a keep-alive of SIP', hep3({ payload: bytes('\r\n\r\n') }), 'not-sip'],
  ['no payload', hep3({ payloadChunk: 99 }), 'malformed'],
  ['no addresses', hep3Of(chunk(11, bytes(1)), chunk(15, OPTIONS)), 'malformed'],
  ['an address of no size', hep3({ source: hex('0a0000') }), 'malformed'],
  ['no chunks', hep3Of(), 'malformed'],
  ['a total length of nothing', bytes('HEP3', u16(5), hep3().subarray(6)), 'malformed'],
  ['a total length beyond the datagram', bytes('HEP3', u16(2000), hep3().subarray(6)), 'malformed'],
  ['a chunk of no length', hep3({ before: hex('0000 0001 0005') }), 'malformed'],
  ['a chunk beyond the packet', hep3({ before: hex('0000 0001 0fff') }), 'malformed'],
  ['half a chunk at the end', hep3({ after: hex('0000 00') }), 'malformed'],
  ['what cannot be inflated', hep3({ payloadChunk: 16, payload: OPTIONS }), 'malformed'],
  [
    'more than the cap',
    hep3({ payloadChunk: 16, payload: deflateSync(bytes(OPTIONS, Buffer.alloc(MOST))) }),
    'malformed',
  ],
  ['HEP1 of another length', bytes(1, 17, hepOld(1).subarray(2)), 'not-sip'],
  ['HEP1 of another family', bytes(1, 16, 3, hepOld(1).subarray(3)), 'not-sip'],
  ['HEP1 of another protocol', bytes(1, 16, 2, 47, hepOld(1).subarray(4)), 'not-sip'],
  ['HEP1 around something else', hepOld(1, 'LE', RTCP_REPORT), 'not-sip'],
  ['HEP4', bytes('HEP4', hep3().subarray(4)), 'not-sip'],
];

test.each(others)('%s is %s', (_name, hep, outcome) => {
  const decoding = decode(mirrored(hep));
  expect([decoding.datagrams, decoding.outcomes]).toEqual([[], [outcome]]);
});

test('as much as the cap is inflated', () => {
  const text = bytes(OPTIONS, Buffer.alloc(MOST - OPTIONS.length));
  const decoding = decode(mirrored(hep3({ payloadChunk: 16, payload: deflateSync(text) })));
  expect([decoding.datagrams[0]?.text.length, decoding.outcomes]).toEqual([MOST, ['sip']]);
});

describe('cut by the snap length', () => {
  const whole = mirrored(hep3());
  const outcomeAt = (octets: number) =>
    decode({ octets: whole.subarray(0, octets), originalLength: whole.length });

  test('in the message', () => {
    const cut = whole.length - 20;
    const decoding = outcomeAt(cut);
    expect([decoding.datagrams, decoding.outcomes]).toEqual([
      [{ ...IN_HEP, text: OPTIONS.subarray(0, -20).toString(), truncated: true }],
      ['sip'],
    ]);
  });

  test('in a compressed message, what can be inflated is there', () => {
    const text = bytes(OPTIONS, Buffer.from(Array.from({ length: 600 }, (_, i) => 33 + ((i * 7919) % 90))));
    const packet = mirrored(hep3({ payloadChunk: 16, payload: deflateSync(text) }));
    const decoding = decode({ octets: packet.subarray(0, -40), originalLength: packet.length });
    const [seen] = decoding.datagrams;
    expect([seen?.truncated, text.toString('latin1').startsWith(seen!.text)]).toEqual([true, true]);
    expect(seen!.text.length).toBeGreaterThan(OPTIONS.length);
  });

  test('before the message', () => {
    const beforePayload = whole.length - OPTIONS.length;
    const outcomes = Array.from({ length: beforePayload - 48 }, (_, i) => outcomeAt(48 + i).outcomes[0]);
    expect([...new Set(outcomes)]).toEqual(['truncated']);
  });
});

test('fragments of the packet that carries it', () => {
  const datagram = udp(hep3(), 40_000, 9060);
  const fields = { src: '192.0.2.1', dst: '192.0.2.9', id: 7 };
  const decoding = decode(
    ethernet(0x0800, ipv4(17, datagram.subarray(0, 96), { ...fields, more: true })),
    ethernet(0x0800, ipv4(17, datagram.subarray(96), { ...fields, offset: 96 })),
  );
  expect([decoding.datagrams, decoding.outcomes]).toEqual([[{ ...IN_HEP, frames: [1, 2] }], ['sip', 'sip']]);
});

test('a fragment of the packet that carries it is missing: the message as far as it came', () => {
  const datagram = udp(hep3(), 40_000, 9060);
  const decoding = decode(
    ethernet(0x0800, ipv4(17, datagram.subarray(0, 200), { src: '192.0.2.1', dst: '192.0.2.9', more: true })),
  );
  const text = OPTIONS.subarray(0, 200 - (datagram.length - OPTIONS.length)).toString();
  expect([decoding.datagrams, decoding.outcomes, decoding.codes]).toEqual([
    [{ ...IN_HEP, frames: [1], text, truncated: true }],
    ['fragment-missing'],
    ['network/fragment-missing'],
  ]);
});

test('keep-alives between the ends of a message in HEP are SIP’s', () => {
  const alive = ipv4(17, udp(hex('0d0a'), 1024, 2048));
  const told = mirrored(hep3({ sourcePort: 1024, destinationPort: 2048 }));
  expect(decode({ octets: alive, linkType: 101 }, told, { octets: alive, linkType: 101 }).outcomes).toEqual([
    'not-sip',
    'sip',
    'sip-keepalive',
  ]);
});

test('in a tunnel, and over IPv6', () => {
  const tunneled = ipv4(4, ipv4(17, udp(hep3(), 1, 9060), { src: '192.0.2.1', dst: '192.0.2.9' }));
  const over6 = ipv6(17, udp(hep3({ agent: 7 }), 1, 9060));
  const seen = decode({ octets: tunneled, linkType: 101 }, { octets: over6, linkType: 101, at: 5000 });
  expect(seen.datagrams.map(({ tunnel }) => tunnel)).toEqual([
    `ipip 10.0.0.1→10.0.0.2 / ${TUNNEL}`,
    'hep 2001:db8::1→2001:db8::2 agent 7',
  ]);
});

test('the short way leaves it to the long one', () => {
  for (const hep of [hep3(), hepOld(1), hepOld(2)]) {
    const octets = mirrored(hep);
    const iface = { id: 0, linkType: 1, snapLength: 0, fcsLength: 0 };
    const packet = { data: octets, start: 0, end: octets.length, iface } as Parameters<typeof glance>[0];
    expect(glance(packet)).toBe(-1);
  }
});

describe('the same message twice', () => {
  // An agent that says 1970 says no time.
  const BEGIN = 1_000_000;
  const wire = (at: number, id = 5): Sent => ({
    octets: ethernet(0x0800, ipv4(17, udp(OPTIONS), { id })),
    at: BEGIN + at,
  });
  const told = (at: number, seen = at, agent = '192.0.2.1'): Sent => ({
    octets: mirrored(hep3({ seen: BEGIN + seen }), agent),
    at: BEGIN + at,
  });
  const duplicates = (...packets: Sent[]): number[] => {
    const seen = decode(...packets);
    expect(seen.outcomes).toEqual(seen.datagrams.map((m) => (m.duplicateOf > 0 ? 'sip-duplicate' : 'sip')));
    return seen.datagrams.map(({ duplicateOf }) => duplicateOf);
  };

  test.each([0, 5])('on the wire (identification %i), then by HEP', (id) => {
    expect(duplicates(wire(0, id), told(1), told(3, 3, '192.0.2.2'))).toEqual([0, 1, 1]);
  });

  test('by HEP, then on the wire, and on the wire once more', () => {
    expect(duplicates(told(0), wire(1), wire(2))).toEqual([0, 1, 1]);
  });

  test('by two agents, whose clocks disagree', () => {
    expect(duplicates(told(0), told(5, 90_000, '192.0.2.2'), told(9, 4, '192.0.2.3'))).toEqual([0, 1, 1]);
  });

  test('sent again: each copy finds its own', () => {
    expect(duplicates(wire(0), told(1), wire(500, 6), told(501))).toEqual([0, 1, 0, 3]);
    expect(duplicates(told(0), wire(1), told(500), wire(501, 6))).toEqual([0, 1, 0, 3]);
    expect(duplicates(told(0), told(5, 7, '192.0.2.2'), told(500), told(505, 507, '192.0.2.2'))).toEqual([
      0, 1, 0, 3,
    ]);
  });

  test('one agent tells by its clock what was sent again, though the packets come in one go or late', () => {
    expect(duplicates(told(900, 0), told(901, 500), told(902, 1500))).toEqual([0, 0, 0]);
    expect(duplicates(told(0, 0), told(3000, 1))).toEqual([0, 1]);
  });

  test('a copy that comes late is one where the clocks agree', () => {
    expect(duplicates(wire(0), told(1), wire(20_000, 6), told(23_000, 20_050))).toEqual([0, 1, 0, 3]);
    expect(duplicates(wire(0), told(1), wire(20_000, 6), told(23_000, 22_000))).toEqual([0, 1, 0, 0]);
    expect(duplicates(wire(0), told(3000, 20))).toEqual([0, 1]);
    expect(duplicates(wire(0), told(3000, 2000))).toEqual([0, 0]);
  });

  test('an agent that says no time', () => {
    const old = (at: number): Sent => ({ octets: mirrored(hepOld(1)), at: BEGIN + at });
    expect(duplicates(wire(0), old(1), old(500), old(510))).toEqual([0, 1, 0, 3]);
  });

  test('an agent whose clock says 1970 says no time', () => {
    const told1970 = (at: number): Sent => ({ octets: mirrored(hep3({ seen: 0 })), at: BEGIN + at });
    expect(duplicates(told1970(0), told1970(10), told1970(500))).toEqual([0, 1, 0]);
  });

  test('on the wire the identification decides, as it does without HEP', () => {
    const other = hep3({ sourcePort: 9 });
    const sent: Sent = { octets: mirrored(other), at: BEGIN };
    expect(duplicates(sent, wire(1, 5), wire(2, 6), wire(3, 6), told(4))).toEqual([0, 0, 0, 3, 3]);
  });

  test('another octet or end is another message', () => {
    const other = bytes(OPTIONS, 'x');
    const packets = [
      { payload: other },
      { sourcePort: 5062 },
      { destination: hex('0a000003') },
      { family: 10 },
      { protocol: 6 },
    ];
    const sent = packets.map(
      (fields, i): Sent => ({ octets: mirrored(hep3({ seen: BEGIN, ...fields })), at: BEGIN + i }),
    );
    expect(duplicates(wire(0), ...sent)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('over other transports ports do not count, as agents do not tell those of connections', () => {
    const told6 = (sourcePort: number, at: number): Sent => ({
      octets: mirrored(hep3({ protocol: 6, sourcePort })),
      at,
    });
    const seen = decode(told6(5060, 0), told6(0, 1));
    expect(seen.datagrams.map(({ duplicateOf, src }) => [duplicateOf, src])).toEqual([
      [0, '10.0.0.1:5060'],
      [1, '10.0.0.1:5060'],
    ]);
  });

  test('a thousand messages before the first packet of HEP, and the copies of them all', () => {
    const text = (i: number) => bytes(OPTIONS.toString().replace('z9hG4bK1', `z9hG4bK${i}`));
    const many = Array.from({ length: 1000 }, (_, i) => i);
    const onWire = many.map(
      (i): Sent => ({
        octets: ethernet(0x0800, ipv4(17, udp(text(i)), { id: 1 + i })),
        at: i / 10,
      }),
    );
    const copies = many.map(
      (i): Sent => ({ octets: mirrored(hep3({ payload: text(i), seen: i / 10 })), at: 150 + i / 10 }),
    );
    expect(duplicates(...onWire, ...copies)).toEqual([...many.map(() => 0), ...many.map((i) => i + 1)]);
  });
});

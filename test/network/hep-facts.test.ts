// What an agent says of a message besides its ends: correlation ID and name, however long and whatever is in them.
import { expect, test } from 'vitest';
import type { HepFacts } from '../../src/network/passage.ts';
import { decode, type Sent } from './decoding.ts';
import { chunk, type Hep3Fields, hep3, hepFacts, hepOld, mirrored } from './hep-wire.ts';
import { bytes, ethernet, ipv4, type Octets, tcp, udp } from './octets.ts';

const utf8 = (text: string): Octets => Buffer.from(text);

function factsOf(...packets: (Sent | Uint8Array)[]): (HepFacts | null)[] {
  return decode(...packets).datagrams.map(({ hep }) => hep);
}

test.each<[string, Hep3Fields, Partial<HepFacts>]>([
  ['a name', { node: utf8('sbc-1') }, { node: 'sbc-1' }],
  ['a name that is not ASCII', { node: utf8('Vermittlung Süd') }, { node: 'Vermittlung Süd' }],
  ['a name that is not UTF-8', { node: bytes('S\xfcd') }, { node: 'S\ufffdd' }],
  ['an empty one', { node: bytes(), correlationId: bytes() }, { correlationId: '' }],
  ['control characters', { node: bytes('\x1b[2J\0\r\n') }, { node: '\x1b[2J\0\r\n' }],
  ['256 octets', { correlationId: utf8('x'.repeat(256)) }, { correlationId: 'x'.repeat(256) }],
  ['257 octets', { correlationId: utf8('x'.repeat(257)) }, { correlationId: `${'x'.repeat(256)}…` }],
  ['60 kB', { node: Buffer.alloc(60_000, 'n\x07') }, { node: `${'n\x07'.repeat(128)}…` }],
  ['a long one of wide characters', { node: utf8('語'.repeat(100)) }, { node: `${'語'.repeat(85)}…` }],
  ['one that comes twice', { after: chunk(17, bytes('second')) }, {}],
  ['one of a vendor', { before: chunk(17, bytes('mine'), 7), after: chunk(19, bytes('mine'), 7) }, {}],
])('%s', (_name, fields, facts) => {
  expect(factsOf(mirrored(hep3(fields)))).toEqual([hepFacts(facts)]);
});

test('the key that an agent is let in with is nowhere', () => {
  const { datagrams, diagnostics } = decode(mirrored(hep3()));
  expect(datagrams).toHaveLength(1);
  expect(JSON.stringify([datagrams, diagnostics])).not.toContain('secret');
});

test('what one packet says is forgotten with the next', () => {
  const second = hep3({ agent: 7, correlationId: bytes(), seen: 5_000_000 });
  const packets = [hep3({ node: bytes('a') }), second, hepOld(1), hepOld(2)];
  expect(
    factsOf(...packets.map((octets, index) => ({ octets: mirrored(octets), at: index * 60_000 }))),
  ).toEqual([
    hepFacts({ node: 'a' }),
    hepFacts({ agent: 7, correlationId: '' }),
    { version: 1, agent: null, correlationId: '', node: '' },
    { version: 2, agent: 2001, correlationId: '', node: '' },
  ]);
});

test('what the capture cut off ends in an ellipsis', () => {
  const octets = mirrored(hep3({ after: chunk(19, bytes('sbc-1.example.com')) }));
  const cut = (left: number): Sent => ({
    octets: octets.subarray(0, octets.length - left),
    originalLength: octets.length,
  });
  expect([12, 17, 18].flatMap((left) => factsOf(cut(left)))).toEqual([
    hepFacts({ node: 'sbc-1…' }),
    hepFacts({ node: '…' }),
    hepFacts(),
  ]);
});

test('over TCP each packet has its own', () => {
  const stream = bytes(
    hep3({ correlationId: bytes('one') }),
    hep3({ correlationId: bytes('two'), seen: 2_000_000 }),
  );
  const segment = tcp(stream, 1, 0x18, 40_000, 9060);
  const ends = { src: '192.0.2.1', dst: '192.0.2.9', id: 1 };
  expect(factsOf(ethernet(0x0800, ipv4(6, segment, ends)))).toEqual([
    hepFacts({ correlationId: 'one' }),
    hepFacts({ correlationId: 'two' }),
  ]);
});

test('in a tunnel', () => {
  const carrier = ipv4(17, udp(hep3({ node: bytes('a') }), 1, 9060), { src: '192.0.2.1', dst: '192.0.2.9' });
  const [seen] = decode({ octets: ipv4(4, carrier), linkType: 101 }).datagrams;
  expect([seen?.tunnel, seen?.hep]).toEqual([
    'ipip 10.0.0.1→10.0.0.2 / hep 192.0.2.1→192.0.2.9 agent 2001',
    hepFacts({ node: 'a' }),
  ]);
});

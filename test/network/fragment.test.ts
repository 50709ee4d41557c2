// IP fragments: in any order, several times, overlapping, missing, disagreeing; over IPv4 and IPv6.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decoding, decode, type Sent, seenOptions } from './decoding.ts';
import { bytes, fragment6, hex, ipv4, ipv6, type Octets, OPTIONS, tcp, u16, u32, udp } from './octets.ts';

const UDP = udp(OPTIONS);
const IPV6_ENDS = { src: '[2001:db8::1]:5060', dst: '[2001:db8::2]:5060' };

/** One fragment of `payload`; offsets are in octets, and `to` a multiple of 8 unless it is the last. */
type Cut = (payload: Octets, from: number, to: number, id?: number, protocol?: number) => Buffer;

const cut4: Cut = (payload, from, to, id = 9, protocol = 17) =>
  ipv4(protocol, payload.subarray(from, to), { id, offset: from, more: to < payload.length });
const cut6: Cut = (payload, from, to, id = 9, protocol = 17) =>
  ipv6(44, fragment6(protocol, id, from, to < payload.length, payload.subarray(from, to)));

const raw = (...packets: (Octets | Sent)[]): Decoding =>
  decode(
    ...packets.map((packet) => (packet instanceof Uint8Array ? { octets: packet, linkType: 101 } : packet)),
  );
const at = (milliseconds: number, octets: Octets): Sent => ({ octets, linkType: 101, at: milliseconds });

describe.each([
  ['IPv4', cut4, {}],
  ['IPv6', cut6, IPV6_ENDS],
])('%s', (_name, cut, ends) => {
  test('in order: one datagram, of both packets, whole when the last came', () => {
    const seen = raw(at(10, cut(UDP, 0, 64)), at(12, cut(UDP, 64, UDP.length)));
    expect([seen.datagrams, seen.outcomes, seen.codes]).toEqual([
      [seenOptions({ frames: [1, 2], at: 12, ...ends })],
      ['sip', 'sip'],
      [],
    ]);
  });

  test('two datagrams interleaved, the last fragments first', () => {
    const seen = raw(
      cut(UDP, 64, UDP.length, 1),
      cut(UDP, 64, UDP.length, 2),
      cut(UDP, 0, 64, 2),
      cut(UDP, 0, 64, 1),
    );
    expect(seen.datagrams.map(({ frames }) => frames)).toEqual([
      [2, 3],
      [1, 4],
    ]);
  });

  test('any order, repetitions and overlaps of the same octets give the same datagram', () => {
    const steps = Math.ceil(UDP.length / 8);
    const piece = fc
      .tuple(fc.nat(steps - 1), fc.integer({ min: 1, max: 6 }))
      .map(([from, count]): [number, number] => [from * 8, Math.min(UDP.length, (from + count) * 8)]);
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
        (extra, keys) => {
          const whole = Array.from({ length: Math.ceil(steps / 3) }, (_, i): [number, number] => [
            i * 24,
            Math.min(UDP.length, (i + 1) * 24),
          ]);
          const order = [...whole, ...extra]
            .map((p, i) => ({ p, key: keys[i % keys.length] }))
            .sort((a, b) => a.key - b.key);
          const seen = raw(...order.map(({ p: [from, to] }) => cut(UDP, from, to)));
          expect(seen.datagrams.map(({ text, truncated }) => [text, truncated])).toEqual([
            [OPTIONS.toString(), false],
          ]);
          expect([seen.ledger.settled, seen.codes]).toEqual([order.length, []]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('where fragments disagree, the octets that came first stay, and it is said', () => {
    const other = Buffer.from(UDP);
    other.fill(0x58, 40, 72);
    const seen = raw(cut(UDP, 0, 64), cut(other, 40, 80), cut(UDP, 80, UDP.length));
    const text = Buffer.concat([UDP.subarray(8, 64), other.subarray(64, 80), UDP.subarray(80)]).toString();
    expect(seen.datagrams).toEqual([seenOptions({ text, frames: [1, 2, 3], ...ends })]);
    expect(seen.diagnostics).toEqual([
      {
        code: 'network/fragment-overlap',
        severity: 'warning',
        message: 'IP fragments overlap and disagree: the octets seen first are taken',
        frames: [1, 2, 3],
      },
    ]);
  });

  test('a fragment that never comes: SIP is shown as far as it came, its packets are fragment-missing', () => {
    const seen = raw(
      at(0, cut(UDP, 0, 64)),
      at(1, cut(UDP, 72, UDP.length)),
      at(31_000, cut(UDP, 0, 64, 77)),
    );
    expect(seen.datagrams).toEqual([
      seenOptions({ text: OPTIONS.toString().slice(0, 56), frames: [1, 2], truncated: true, ...ends }),
      seenOptions({
        text: OPTIONS.toString().slice(0, 56),
        frame: 3,
        frames: [3],
        truncated: true,
        at: 31_000,
        ...ends,
      }),
    ]);
    expect(seen.outcomes).toEqual(['fragment-missing', 'fragment-missing', 'fragment-missing']);
    expect(seen.diagnostics).toEqual(
      [[1, 2], [3]].map((frames) => ({
        code: 'network/fragment-missing',
        severity: 'warning',
        message: 'An IP fragment of this SIP message is missing: it is shown as far as it came',
        frames,
      })),
    );
  });

  test('the first fragment never comes', () => {
    const seen = raw(cut(UDP, 64, UDP.length));
    expect([seen.datagrams, seen.outcomes, seen.codes]).toEqual([[], ['fragment-missing'], []]);
  });

  test('fragments mirrored after the datagram was whole are duplicates', () => {
    const last = cut(UDP, 64, UDP.length);
    const seen = raw(at(0, cut(UDP, 0, 64)), at(1, last), at(2, cut(UDP, 0, 64)), at(3, last));
    expect([seen.datagrams.length, seen.outcomes]).toEqual([
      1,
      ['sip', 'sip', 'sip-duplicate', 'sip-duplicate'],
    ]);
  });

  test('the same identification later is another datagram', () => {
    const last = cut(UDP, 64, UDP.length);
    const seen = raw(at(0, cut(UDP, 0, 64)), at(1, last), at(500, cut(UDP, 0, 64)), at(501, last));
    expect(seen.datagrams.map(({ frames, duplicateOf }) => [frames, duplicateOf])).toEqual([
      [[1, 2], 0],
      [[3, 4], 0],
    ]);
  });

  test('other payloads: RTP and TCP', () => {
    const rtp = udp(bytes(hex('8000 0001 00000010 12345678'), Buffer.alloc(160)), 16_384, 20_000);
    expect(raw(cut(rtp, 64, rtp.length), cut(rtp, 0, 64)).outcomes).toEqual(['rtp', 'rtp']);
    const segment = tcp(OPTIONS);
    const seen = raw(cut(segment, 64, segment.length, 5, 6), cut(segment, 0, 64, 5, 6));
    expect([seen.stream, seen.outcomes]).toEqual([OPTIONS.toString(), ['sip', 'sip']]);
  });

  test('a length that is no multiple of 8, nothing at all, or an end that moves is malformed', () => {
    const odd = cut(UDP, 0, 60);
    const seen = raw(odd, cut(UDP, 64, UDP.length), cut(UDP.subarray(0, 80), 64, 80), cut(UDP, 0, 64));
    expect([seen.datagrams.length, seen.outcomes]).toEqual([1, ['malformed', 'sip', 'malformed', 'sip']]);
    expect(raw(cut(UDP, 64, 64)).outcomes).toEqual(['malformed']);
  });

  test('a fragment cut by the snap length: the datagram ends there', () => {
    const first = cut(UDP, 0, 64);
    const short: Sent = {
      octets: first.subarray(0, first.length - 10),
      linkType: 101,
      originalLength: first.length,
    };
    const text = OPTIONS.toString().slice(0, 64 - 8 - 10);
    expect(raw(short, cut(UDP, 64, UDP.length)).datagrams).toEqual([
      seenOptions({ text, frames: [1, 2], truncated: true, ...ends }),
    ]);
  });
});

test('fragments in a tunnel whose packets are fragments', () => {
  const inner = [cut4(UDP, 0, 64, 3), cut4(UDP, 64, UDP.length, 3)];
  const outer = (payload: Octets, id: number, from: number, to: number) =>
    ipv4(4, payload.subarray(from, to), {
      id,
      offset: from,
      more: to < payload.length,
      src: '192.0.2.1',
      dst: '192.0.2.2',
    });
  const packets = inner.flatMap((packet, i) => [
    outer(packet, i, 40, packet.length),
    outer(packet, i, 0, 40),
  ]);
  const seen = raw(...packets);
  expect([seen.datagrams, seen.outcomes]).toEqual([
    [seenOptions({ frames: [1, 2, 3, 4], tunnel: 'ipip 192.0.2.1→192.0.2.2' })],
    ['sip', 'sip', 'sip', 'sip'],
  ]);
});

test('a tunnel’s packet that lacks its end: SIP in it is shown as far as it came', () => {
  const inner = ipv4(17, UDP);
  const tunnel = udp(bytes(hex('30ff'), u16(inner.length), u32(1), inner), 2152, 2152);
  const seen = raw(ipv4(4, cut4(tunnel, 0, 96), { src: '192.0.2.1', dst: '192.0.2.2' }));
  expect([seen.datagrams, seen.outcomes, seen.codes]).toEqual([
    [
      seenOptions({
        text: OPTIONS.toString().slice(0, 96 - 16 - 28),
        frames: [1],
        truncated: true,
        tunnel: 'ipip 192.0.2.1→192.0.2.2 / gtp-u 10.0.0.1→10.0.0.2 teid 0x1',
      }),
    ],
    ['fragment-missing'],
    ['network/fragment-missing'],
  ]);
});

test('the beginning of a TCP segment, or of something else, is not shown', () => {
  const quote = bytes(hex('0303 0000 00000000'), ipv4(17, UDP));
  const seen = raw(cut4(tcp(OPTIONS), 0, 64, 1, 6), cut4(quote, 0, 96, 2, 1));
  expect([seen.datagrams, seen.stream, seen.outcomes, seen.codes]).toEqual([
    [],
    '',
    ['fragment-missing', 'fragment-missing'],
    [],
  ]);
});

test('extension headers within the fragmented part (IPv6)', () => {
  const payload = bytes(17, 0, Buffer.alloc(6), UDP);
  expect(raw(cut6(payload, 72, payload.length, 4, 60), cut6(payload, 0, 72, 4, 60)).datagrams).toEqual([
    seenOptions({ frames: [1, 2], ...IPV6_ENDS }),
  ]);
});

test('a flood of first fragments is bounded, and said so once', () => {
  const packets = Array.from({ length: 9000 }, (_, i) => cut4(UDP, 0, 64, i));
  const seen = raw(...packets);
  expect(seen.codes.filter((code) => code === 'network/fragments-evicted')).toEqual([
    'network/fragments-evicted',
  ]);
  expect([seen.ledger.read, seen.ledger.settled, seen.datagrams.length]).toEqual([9000, 9000, 9000]);
});

// UDP payloads: SIP on any port, keep-alives on SIP's flows, media and the rest by name; lengths that are wrong.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, seenOptions } from './decoding.ts';
import { bytes, ethernet, hex, ipv4, type Octets, OPTIONS, u16, udp } from './octets.ts';

const raw = (payload: Octets, source: number, destination: number) => ({
  octets: ipv4(17, udp(payload, source, destination)),
  linkType: 101,
});
const RTP = bytes(hex('8000 0001 00000010 12345678'), Buffer.alloc(160, 0x55));
const outcome = (payload: Octets, source = 16_384, destination = 20_000): string =>
  decode(raw(payload, source, destination)).outcomes.join();

test('SIP on any port', () => {
  expect(decode(raw(OPTIONS, 7, 49_999)).datagrams).toEqual([
    seenOptions({ src: '10.0.0.1:7', dst: '10.0.0.2:49999' }),
  ]);
});

test.each([0, 3, 7])('a UDP length of %i is not believed', (length) => {
  expect(decode({ octets: ipv4(17, udp(OPTIONS, 5060, 5060, length)), linkType: 101 }).datagrams).toEqual([
    seenOptions(),
  ]);
});

test('octets behind the UDP length are not payload', () => {
  const octets = ipv4(17, bytes(udp(OPTIONS), Buffer.alloc(9, 0x41)));
  expect(decode({ octets, linkType: 101 }).datagrams).toEqual([seenOptions()]);
});

test('what looked like SIP but gave no message', () => {
  expect(outcome(Buffer.from('INVITE sip:unusable'))).toBe('sip-malformed');
});

test.each([
  ['RTP', RTP, 'rtp'],
  ['RTP with a marker and a dynamic type', bytes(0x80, 0xe5, RTP.subarray(2)), 'rtp'],
  ['RTP with three contributing sources', bytes(0x83, RTP.subarray(1)), 'rtp'],
  ['an RTP header that is not there', bytes(0x8f, RTP.subarray(1, 30)), 'not-sip'],
  ['an unassigned payload type', bytes(0x80, 50, RTP.subarray(2)), 'not-sip'],
  ['RTCP sender report', hex('80c80006 12345678 0000000000000000 00000000 00000000 00000000'), 'rtcp'],
  ['RTCP that is longer than the datagram', hex('80c80007 12345678 0000000000000000 00000000'), 'not-sip'],
  ['STUN', hex('00010000 2112a442 000102030405060708090a0b'), 'stun'],
  ['STUN without a cookie', hex('01010000 000102030405060708090a0b0c0d0e0f'), 'stun'],
  ['neither', hex('00010000 00010203 0405060708090a0b0c0d0e'), 'not-sip'],
  ['DTLS', hex('16feff0000000000000000003001000024'), 'not-sip'],
  ['text', Buffer.from('hello, world'), 'not-sip'],
  ['nothing', Buffer.alloc(0), 'empty'],
])('%s', (_name, payload, expected) => {
  expect(outcome(payload)).toBe(expected);
});

test('system ports carry no RTP', () => {
  expect(outcome(RTP, 53, 20_000)).toBe('not-sip');
  expect(outcome(RTP, 20_000, 1023)).toBe('not-sip');
});

test('keep-alives count on SIP’s ports, and between addresses that spoke SIP', () => {
  const crlf = Buffer.from('\r\n');
  expect(outcome(Buffer.from('\r\n\r\n'), 5060, 32_000)).toBe('sip-keepalive');
  expect(outcome(Buffer.alloc(1), 32_000, 5060)).toBe('sip-keepalive');
  expect(outcome(crlf, 7000, 7001)).toBe('not-sip');
  expect(outcome(Buffer.from('abc'), 5060, 5060)).toBe('not-sip');
  expect(decode(raw(OPTIONS, 7000, 7001), raw(crlf, 7000, 7001)).outcomes).toEqual(['sip', 'sip-keepalive']);
});

test('a payload cut before it could be told', () => {
  const octets = ipv4(17, udp(Buffer.from('INVITE sip:bob@example.com SIP/2.0')));
  const cut = (size: number) =>
    decode({
      octets: octets.subarray(0, size),
      linkType: 101,
      originalLength: octets.length,
    }).outcomes.join();
  expect([cut(28), cut(28 + 6), cut(28 + 11)]).toEqual(['truncated', 'truncated', 'sip']);
});

test('the short way gives what the long way gives', () => {
  const first = fc.constantFrom(0, 1, 2, 4, 0x16, 0x40, 0x80, 0x81, 0x8f, 0x90, 0xbf, 0xc0, 0xff);
  const port = fc.constantFrom(53, 1023, 1024, 2152, 4500, 4789, 5004, 5060, 6081, 16_384);
  const rest = fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc.constantFrom(...[RTP, hex('c8000612345678'), hex('010000 2112a442 000102030405060708090a0b')]),
  );
  fc.assert(
    fc.property(
      first,
      rest,
      port,
      port,
      fc.integer({ min: -9, max: 9 }),
      (octet, more, source, destination, skew) => {
        const payload = bytes(octet, more);
        const packet = ipv4(17, udp(payload, source, destination, Math.max(0, 8 + payload.length + skew)));
        const shortWay = [
          { octets: packet, linkType: 101 },
          { octets: ethernet(0x0800, packet) },
          { octets: ethernet(0x8100, bytes(u16(1), u16(0x0800), packet)) },
          { octets: bytes(hex('0000 0304 0006 000000000000 0000 0800'), packet), linkType: 113 },
          { octets: bytes(hex('0800 0000 00000001 0304 00 06 0200000000010000'), packet), linkType: 276 },
        ].map((sent) => decode(sent).outcomes.join());
        const longWay = decode({ octets: packet, linkType: 12 }).outcomes.join();
        expect(shortWay).toEqual(Array(5).fill(longWay));
      },
    ),
    { numRuns: 250 },
  );
});

// Whatever carries a message, and however it is cut, what stands for it is the same octets; the rest of packets says nothing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { CaptureAnonymizer } from '../../src/anonymize/capture-anonymizer.ts';
import { MessageAnonymizer } from '../../src/anonymize/message/message.ts';
import { PacketChecksums } from '../../src/anonymize/packet/packet-checksums.ts';
import type { PacketDraft } from '../../src/anonymize/packet/packet-draft.ts';
import { OctetImages } from '../../src/anonymize/stream/octet-images.ts';
import { Packet } from '../../src/capture/packet.ts';
import { datagram, fragments, pcap, request, segments } from '../cli/captures.ts';
import { bytes, ETHERTYPE_IPV4, ethernet, hex, ipv4, MACS, tcp, u16, u32, udp } from '../network/octets.ts';
import { KEY, rewrite, shown } from './rewritten.ts';

const folder = mkdtempSync(join(tmpdir(), 'sipspect-anonymize-'));
afterAll(() => rmSync(folder, { recursive: true }));

const INVITE = request('INVITE', ['Subject: A secret', 'Contact: <sip:alice@10.0.0.1>']);
const BYE = request('BYE');
const SECRETS = /alice|bob|secret|10\.0\.0\.[12]/i;

/** Packets in, over Ethernet unless another link type is told, as they are to be written out. */
function written(packets: readonly Buffer[], mostWaiting?: number, linkType = 1): PacketDraft[] {
  const drafts: PacketDraft[] = [];
  const anonymizer = new CaptureAnonymizer({
    key: KEY,
    onPacket: (draft) => drafts.push(draft),
    onDiagnostic: () => {},
    ...(mostWaiting !== undefined && { mostWaiting }),
  });
  for (const [index, octets] of packets.entries()) {
    const packet = new Packet();
    packet.frame = index + 1;
    packet.seconds = 1_700_000_000;
    packet.iface = { id: 0, linkType, snapLength: 0, fcsLength: 0 };
    packet.data = Buffer.from(octets);
    packet.end = packet.originalLength = octets.length;
    anonymizer.packet(packet);
    expect(packet.data, 'the packet itself is not written to').toEqual(octets);
  }
  anonymizer.end();
  expect(drafts.map(({ frame }) => frame)).toEqual(packets.map((_, index) => index + 1));
  expect(drafts.map(({ octets }) => octets.length)).toEqual(packets.map(({ length }) => length));
  return drafts;
}

function payloads(packets: readonly Buffer[], at: number, mostWaiting?: number): Buffer {
  return Buffer.concat(written(packets, mostWaiting).map(({ octets }) => octets.subarray(at)));
}

function standsFor(message: Buffer): Buffer {
  const pseudonym = new MessageAnonymizer(KEY).message(message);
  expect(pseudonym.toString('latin1')).not.toMatch(SECRETS);
  return pseudonym;
}

test('a datagram: its message, its ports, other addresses', () => {
  const [draft] = written([datagram(INVITE)]);
  expect(draft!.octets.subarray(42)).toEqual(standsFor(INVITE));
  expect(draft!.octets.subarray(34, 38)).toEqual(bytes(u16(5060), u16(5060)));
  expect(draft!.octets[26]).toBe(10);
  expect(draft!.octets.subarray(26, 34)).not.toEqual(hex('0a000001 0a000002'));
  expect(draft!.octets.subarray(0, 12)).not.toEqual(datagram(INVITE).subarray(0, 12));
});

test('segments of any size, sent again, in any order', () => {
  const stream = bytes('\r\n\r\n', INVITE, '\r\n\r\n', BYE, INVITE);
  const expected = bytes('\r\n\r\n', standsFor(INVITE), '\r\n\r\n', standsFor(BYE), standsFor(INVITE));
  const ofSize = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(ofSize, fc.integer({ min: 0, max: 40 }), fc.boolean(), (count, moved, again) => {
      const packets = segments(stream, count);
      const first = 1 + (moved % (packets.length - 1));
      // One goes behind the next, and one comes once more.
      if (first + 1 < packets.length)
        [packets[first], packets[first + 1]] = [packets[first + 1]!, packets[first]!];
      if (again) packets.push(packets[first]!);
      const image = Buffer.alloc(stream.length);
      for (const { octets } of written(packets).slice(1))
        octets.copy(image, octets.readUInt32BE(38) - 1001, 54);
      expect(image.toString('latin1')).toBe(expected.toString('latin1'));
    }),
    { numRuns: 60 },
  );
});

test('fragments, in any order, and one that comes twice', () => {
  const packets = fragments(INVITE, 4);
  const image = (order: readonly number[]): Buffer => {
    const whole = Buffer.alloc(8 + INVITE.length);
    for (const { octets } of written(order.map((index) => packets[index]!)))
      octets.copy(whole, (octets.readUInt16BE(20) & 0x1fff) * 8, 34);
    return whole;
  };
  const expected = bytes(udp(INVITE).subarray(0, 8), standsFor(INVITE));
  for (const order of [
    [0, 1, 2, 3],
    [3, 1, 0, 2],
    [2, 3, 1, 0, 1],
  ])
    expect(image(order)).toEqual(expected);
});

test('what is not SIP is 0 behind its headers', () => {
  const secret = Buffer.from('USER alice PASS secret of 10.0.0.1 …'.repeat(3));
  expect(payloads([datagram(secret)], 42)).toEqual(Buffer.alloc(secret.length));
  expect(payloads([segments(secret, 1)[1]!], 54)).toEqual(Buffer.alloc(secret.length));
  const arp = ethernet(0x0806, bytes(hex('0001080006040001 020000000001 0a000001 000000000000 0a000002')));
  expect(payloads([arp], 12)).toEqual(bytes(hex('0806'), Buffer.alloc(arp.length - 14)));
  const options = bytes(7, 7, 4, hex('0a000001'), 0);
  const routed = ethernet(ETHERTYPE_IPV4, ipv4(17, udp(BYE), { options }));
  expect(payloads([routed], 34).subarray(0, 8)).toEqual(Buffer.alloc(8, 1));
});

test('addresses in the headers of packets', () => {
  const gateway = ethernet(ETHERTYPE_IPV4, ipv4(1, bytes(5, 1, u16(0), hex('0a000002'), Buffer.alloc(28))));
  const [plain, redirect] = written([datagram(INVITE), gateway]);
  expect(redirect!.octets.subarray(38, 42)).toEqual(plain!.octets.subarray(30, 34));
  // A timestamp, and an address that Multipath TCP adds.
  const options = hex('080a 01020304 05060708 1e08 30 01 0a000001 01 01');
  const segment = bytes(tcp(Buffer.alloc(0), 1).subarray(0, 20), options);
  segment[12] = ((20 + options.length) / 4) << 4;
  const expected = bytes(options.subarray(0, 10), Buffer.alloc(10, 1));
  expect(payloads([ethernet(ETHERTYPE_IPV4, ipv4(6, segment))], 54)).toEqual(expected);
});

test('addresses of other link layers', () => {
  const ip = ipv4(17, udp(INVITE));
  const cooked = (length: number, address: string): Buffer =>
    written([bytes(u16(0), u16(1), u16(length), hex(address), u16(0x0800), ip)], undefined, 113)[0]!.octets;
  const plain = written([ethernet(ETHERTYPE_IPV4, ip)])[0]!.octets;
  expect(cooked(6, '020000000001 0000').subarray(6, 14)).toEqual(bytes(plain.subarray(6, 12), u16(0)));
  // Of a tunnel's interface it is an address of IP.
  expect(cooked(4, '0a000001 0000 0000').subarray(4, 16)).toEqual(hex('0004 0000000000000000 0800'));
  expect(cooked(4, '0a000001 0000 0000').subarray(16)).toEqual(plain.subarray(14));
  // NFLOG: a hardware address, a prefix, then the packet.
  const head = bytes(2, 0, 0, 0);
  const attributes = [
    bytes(hex('1000 0800'), hex('0006 0000 020000000001 0000')),
    bytes(hex('0a00 0a00'), 'alice\0', hex('0000')),
  ];
  const payload = bytes(Buffer.from([(ip.length + 4) & 0xff, (ip.length + 4) >> 8]), hex('0900'), ip);
  const [nflog] = written([bytes(head, ...attributes, payload)], undefined, 239);
  const blank = attributes.map((attribute) =>
    bytes(attribute.subarray(0, 4), Buffer.alloc(attribute.length - 4)),
  );
  expect(nflog!.octets).toEqual(bytes(head, ...blank, payload.subarray(0, 4), plain.subarray(14)));
});

test('several packets in one frame of IEEE 802.11: nothing of one is taken for a header of the next', () => {
  const packet = bytes(hex('aaaa03 000000 0800'), ipv4(17, udp(INVITE)));
  const subframe = (payload: Buffer): Buffer => {
    const octets = bytes(MACS, u16(payload.length), payload);
    return bytes(octets, Buffer.alloc(-octets.length & 3));
  };
  const header = bytes(hex('8801 0000'), MACS.subarray(0, 6), MACS, hex('0000 8000'));
  const [draft] = written(
    [bytes(header, subframe(packet), subframe(Buffer.from('alice tells a secret')), subframe(packet))],
    undefined,
    105,
  );
  const text = draft!.octets.toString('latin1');
  expect(text).not.toMatch(SECRETS);
  expect(text.split(standsFor(INVITE).toString('latin1'))).toHaveLength(3);
  expect(draft!.octets.includes(MACS.subarray(0, 6))).toBe(false);
});

test('of media the headers stay', () => {
  const rtp = bytes(
    0x92,
    0x88,
    hex('0001 00000002 00000003'),
    u32(0x0a000001),
    u32(0x0a000002),
    hex('bede0001'),
    'alice says something',
  );
  const extension = hex('bede0001');
  const packet = datagram(rtp, { sourcePort: 40000, destinationPort: 40002 });
  const expected = bytes(rtp.subarray(0, 12), Buffer.alloc(8), extension, Buffer.alloc(20));
  expect(payloads([packet], 42)).toEqual(expected);
  const report = bytes(0x80, 200, u16(6), Buffer.alloc(24, 7));
  const names = bytes(0x81, 202, u16(4), u32(9), 1, 10, 'alice@home');
  const rtcp = datagram(bytes(report, names), { sourcePort: 40001, destinationPort: 40003 });
  expect(payloads([rtcp], 42)).toEqual(bytes(report, names.subarray(0, 8), Buffer.alloc(12)));
});

test('an ICMP error quotes what was written', () => {
  const quoted = ipv4(17, udp(INVITE));
  const error = ethernet(ETHERTYPE_IPV4, ipv4(1, bytes(3, 3, 0, 0, u32(0), quoted), { src: '10.0.0.9' }));
  const [sent, told] = written([datagram(INVITE), error]);
  expect(told!.octets.subarray(42).subarray(12, 20)).toEqual(sent!.octets.subarray(26, 34));
  expect(told!.octets.subarray(42 + 28)).toEqual(standsFor(INVITE));
});

test('of tunnels, inner and outer addresses get the pseudonyms they get elsewhere', () => {
  const inner = ethernet(ETHERTYPE_IPV4, ipv4(17, udp(INVITE)));
  const vxlan = udp(bytes(8, hex('000000 00002a00'), inner), 50000, 4789);
  const outer = ethernet(ETHERTYPE_IPV4, ipv4(17, vxlan, { src: '10.0.0.2', dst: '10.0.0.1' }));
  const [plain, tunneled] = written([datagram(INVITE), outer]);
  expect(tunneled!.octets.subarray(42, 50)).toEqual(bytes(8, hex('000000 00002a00')));
  expect(tunneled!.octets.subarray(50)).toEqual(plain!.octets);
  const swapped = bytes(plain!.octets.subarray(30, 34), plain!.octets.subarray(26, 30));
  expect(tunneled!.octets.subarray(26, 34)).toEqual(swapped);
});

test('a packet that waits for too many others is written with 0', () => {
  const packets = segments(bytes(INVITE, BYE), 8);
  const [all, few] = [payloads(packets, 54), payloads(packets, 54, 0)];
  expect(few.length).toBe(all.length);
  expect(few.toString('latin1')).not.toMatch(SECRETS);
  expect(few.every((octet, index) => octet === 0 || octet === all[index])).toBe(true);
  expect(few.equals(all)).toBe(false);
});

test('nothing of any octets is left in captures made of them', () => {
  const frame = fc.uint8Array({ minLength: 0, maxLength: 200 }).map((octets) => Buffer.from(octets));
  const packet = fc.oneof(
    frame,
    frame.map((octets) => datagram(bytes('SIP/2.0 200 OK\r\n', octets))),
    frame.map((octets) => ethernet(ETHERTYPE_IPV4, ipv4(6, tcp(octets)))),
    frame.chain((octets) => fc.nat(255).map((protocol) => ethernet(ETHERTYPE_IPV4, ipv4(protocol, octets)))),
  );
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 8 }), (packets) => {
      expect(written(packets)).toHaveLength(packets.length);
    }),
    { numRuns: 300 },
  );
});

test('connections between an end point and itself: directions do not mix', async () => {
  const own = (payload: Buffer, sequence: number, ack: number): Buffer => {
    const segment = tcp(payload, sequence);
    segment.writeUInt32BE(ack, 8);
    return ethernet(ETHERTYPE_IPV4, ipv4(6, segment, { src: '10.0.0.1', dst: '10.0.0.1' }));
  };
  const capture = join(folder, 'own.pcap');
  const copy = join(folder, 'copy.pcapng');
  writeFileSync(capture, pcap([own(INVITE, 100, 90), own(BYE, 90, 100 + INVITE.length)]));
  await rewrite([capture], copy);
  expect((await shown([copy])).messages).toEqual((await shown([capture])).messages);
});

test('checksums that held hold, and others do not', () => {
  const sumOf = (octets: Buffer): number => {
    let sum = 0;
    for (let at = 0; at < octets.length; at += 2) sum += (octets[at]! << 8) | (octets[at + 1] ?? 0);
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
    return sum;
  };
  const any = fc.uint8Array({ minLength: 6, maxLength: 41 });
  fc.assert(
    fc.property(any, any, fc.boolean(), (before, after, isRight) => {
      const length = Math.min(before.length, after.length);
      const octets = Buffer.from(before.subarray(0, length));
      octets.writeUInt16BE(0, 2);
      const checksum = ~sumOf(octets) & 0xffff || 0xffff;
      octets.writeUInt16BE(isRight ? checksum : checksum ^ 1 || 2, 2);
      const changed = Buffer.from(after.subarray(0, length));
      octets.copy(changed, 2, 2, 4);
      const held = sumOf(octets) === 0xffff;
      const checksums = new PacketChecksums();
      checksums.note(octets, 2, 0, length);
      checksums.settle(changed);
      expect(sumOf(changed) === 0xffff).toBe(held);
    }),
  );
});

test('images wrap as sequence numbers do, keep what came last, and have their limits', () => {
  const images = new OctetImages({ images: 2, octets: 20, octetsOfOne: 8 });
  const filled = (key: string, position: number, length: number): string => {
    const to = Buffer.alloc(length, '.');
    images.fill(key, position, length, to, 0);
    return to.toString();
  };
  images.put('a', -2, Buffer.from('abcd'));
  expect(filled('a', 0xffff_fffc | 0, 8)).toBe('..abcd..');
  images.put('a', 0, Buffer.from('XY'));
  expect(filled('a', -2, 6)).toBe('abXY..');
  images.put('a', 2, Buffer.from('efgh'));
  expect(filled('a', -2, 8)).toBe('..XYefgh');
  images.put('b', 0, Buffer.from('b'));
  images.put('a', 20, Buffer.from('a'));
  images.put('c', 0, Buffer.from('c'));
  expect([images.has('a'), images.has('b'), images.has('c')]).toEqual([true, false, true]);
});

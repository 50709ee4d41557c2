// What holds for every capture, however it is damaged or cut into chunks.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Packet } from '../../src/capture/packet.ts';
import { CaptureReader } from '../../src/capture/reader.ts';
import { anyCapture, chunkSizes, pcap, pcapng } from './arbitrary.ts';
import { pcapHeader, section } from './build.ts';
import { describe, type ReadPacket, readAll } from './read.ts';

const RUNS = { numRuns: 400 };

test('well-formed captures give no diagnostics', () => {
  fc.assert(
    fc.property(fc.oneof(pcap, pcapng), (octets) => {
      expect(readAll(octets).diagnostics).toEqual([]);
    }),
    RUNS,
  );
});

test('any octets never throw, and end', () => {
  const anyOctets = fc.uint8Array({ maxLength: 400 }).map((octets) => Buffer.from(octets));
  const starts = [Buffer.alloc(0), pcapHeader(), section()];
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.oneof(anyOctets, anyCapture), (start, octets) => {
      expect(readAll(Buffer.concat([start, octets])).reader.ended).toBe(true);
    }),
    RUNS,
  );
});

test('any chunking of the same octets gives the same packets and diagnostics', () => {
  fc.assert(
    fc.property(anyCapture, chunkSizes, (octets, sizes) => {
      const whole = readAll(octets);
      const chunked = readAll(octets, sizes);
      expect(chunked.packets).toEqual(whole.packets);
      expect(chunked.diagnostics).toEqual(whole.diagnostics);
      expect(chunked.reader.comments).toEqual(whole.reader.comments);
    }),
    RUNS,
  );
});

test('chunks may be pushed without asking for packets in between', () => {
  fc.assert(
    fc.property(anyCapture, fc.nat(500), fc.nat(500), (octets, one, two) => {
      const cuts = [0, ...[one % (octets.length + 1), two % (octets.length + 1)].sort((a, b) => a - b)];
      const whole = readAll(octets);
      expect(readUndrained(octets, cuts)).toEqual(whole.packets);
    }),
    RUNS,
  );
});

test('any prefix of a capture gives a prefix of its packets', () => {
  fc.assert(
    fc.property(anyCapture, fc.nat(2000), (octets, cut) => {
      const whole = readAll(octets);
      const prefix = readAll(octets.subarray(0, cut % (octets.length + 1)));
      expect(prefix.packets).toEqual(whole.packets.slice(0, prefix.packets.length));
    }),
    RUNS,
  );
});

test('one packet read again at its offset is the same packet', () => {
  fc.assert(
    fc.property(anyCapture, (octets) => {
      const { packets, reader } = readAll(octets);
      const again = packets.map((packet) => readOneAt(octets, packet.offset, reader));
      // Simple packets have no time of their own: the one they were given is not known at their offset.
      const timeless = (list: readonly (ReadPacket | undefined)[]) =>
        list.map((packet) => ({ ...packet, time: '' }));
      expect(timeless(again)).toEqual(timeless(packets));
    }),
    RUNS,
  );
});

function readUndrained(octets: Buffer, cuts: readonly number[]): ReadPacket[] {
  const reader = new CaptureReader({ source: 0, onDiagnostic: () => {} });
  cuts.forEach((cut, index) => {
    reader.push(octets.subarray(cut, cuts[index + 1] ?? octets.length));
  });
  reader.end();
  const packets: ReadPacket[] = [];
  const packet = new Packet();
  while (reader.next(packet)) packets.push(describe(packet));
  return packets;
}

function readOneAt(octets: Buffer, offset: number, reader: CaptureReader): ReadPacket | undefined {
  const packet = new Packet();
  const resumed = reader.resumeAt(offset, () => {});
  resumed?.push(octets.subarray(offset));
  return resumed?.next(packet) ? describe(packet) : undefined;
}

// Reads octets with the capture reader, in chunks as told, and gives all that came of it.
import type { Diagnostic } from '../../src/capture/diagnostic.ts';
import { Packet } from '../../src/capture/packet.ts';
import { CaptureReader } from '../../src/capture/reader.ts';

export interface ReadPacket {
  readonly time: string;
  readonly data: string;
  readonly originalLength: number;
  readonly linkType: number;
  readonly offset: number;
}

export interface ReadResult {
  readonly packets: ReadPacket[];
  readonly codes: string[];
  readonly diagnostics: Diagnostic[];
  readonly reader: CaptureReader;
}

/** `sizes` are those of the chunks, used in turn; without them all octets come in one. */
export function readAll(octets: Buffer, sizes: readonly number[] = []): ReadResult {
  const diagnostics: Diagnostic[] = [];
  const reader = new CaptureReader({ source: 0, onDiagnostic: (diagnostic) => diagnostics.push(diagnostic) });
  const packets: ReadPacket[] = [];
  const packet = new Packet();
  const drain = (): void => {
    while (reader.next(packet)) packets.push(describe(packet));
  };
  // One buffer for all chunks, overwritten after each, as a file source does.
  const shared = Buffer.alloc(octets.length);
  for (let at = 0, turn = 0; at < octets.length; turn++) {
    const size = sizes.length === 0 ? octets.length : sizes[turn % sizes.length]!;
    const length = octets.copy(shared, 0, at, at + size);
    reader.push(shared.subarray(0, length));
    drain();
    shared.fill(0xee);
    at += size;
  }
  reader.end();
  drain();
  return { packets, codes: diagnostics.map((diagnostic) => diagnostic.code), diagnostics, reader };
}

/** A packet as plain values, its octets in hexadecimal. */
export function describe(packet: Packet): ReadPacket {
  return {
    time: `${packet.seconds}.${String(packet.nanoseconds).padStart(9, '0')}`,
    data: packet.data.toString('hex', packet.start, packet.end),
    originalLength: packet.originalLength,
    linkType: packet.iface.linkType,
    offset: packet.offset,
  };
}

// Packets in, the octets of a classic pcap file out: little endian, one link type, microseconds or nanoseconds.
// draft-ietf-opsawg-pcap §4 and §5.
import { writeLinkTypeField } from './link-type.ts';
import type { Packet } from './packet.ts';

export interface PcapFile {
  readonly linkType: number;
  readonly fcsLength: number;
  /** The longest packet there may be; 0 for the usual limit. */
  readonly snapLength: number;
  /** Nanoseconds; else microseconds, and what is finer is cut off. */
  readonly nanoseconds: boolean;
}

/** What a packet needs to have to be written. */
export type PacketContent = Pick<
  Packet,
  'seconds' | 'nanoseconds' | 'data' | 'start' | 'end' | 'originalLength'
>;

export function writePcapHeader(file: PcapFile): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(file.nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(file.snapLength === 0 ? USUAL_SNAP_LENGTH : file.snapLength, 16);
  header.writeUInt32LE(writeLinkTypeField(file), 20);
  return header;
}

export function writePcapRecord(file: PcapFile, packet: PacketContent): Buffer {
  const { data, start, end } = packet;
  const record = Buffer.allocUnsafe(16 + end - start);
  record.writeUInt32LE(packet.seconds >>> 0, 0);
  record.writeUInt32LE(file.nanoseconds ? packet.nanoseconds : Math.floor(packet.nanoseconds / 1000), 4);
  record.writeUInt32LE(end - start, 8);
  record.writeUInt32LE(packet.originalLength >>> 0, 12);
  data.copy(record, 16, start, end);
  return record;
}

const USUAL_SNAP_LENGTH = 262_144;

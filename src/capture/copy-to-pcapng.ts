// Writes packets of any captures into one little-endian pcapng section. Interfaces are numbered anew, each is described
// before its first packet; packets of pcapng keep their blocks with all options, names and secrets come along.
import type { ByteBatch } from './byte-batch.ts';
import type { CaptureInterface, Packet } from './packet.ts';
import type { PacketCopy } from './packet-copy.ts';
import type { PcapngBlock } from './pcapng.ts';
import { BLOCK } from './pcapng-block.ts';
import { blockInLittleEndian } from './pcapng-byte-order.ts';
import { PcapngInterface } from './pcapng-interface.ts';
import { writeEnhancedPacket, writeInterface, writeSectionHeader } from './pcapng-writer.ts';
import type { CaptureReader } from './reader.ts';

export class CopyToPcapng implements PacketCopy {
  private readonly out: ByteBatch;
  /** Blocks that describe interfaces of the inputs, in little endian. */
  private readonly descriptions = new Map<CaptureInterface, Buffer>();
  private readonly ids = new Map<CaptureInterface, number>();

  constructor(out: ByteBatch) {
    this.out = out;
    out.append(writeSectionHeader());
  }

  packet(packet: Packet, reader: CaptureReader): void {
    const iface = packet.iface instanceof PcapngInterface ? packet.iface.described : packet.iface;
    const resolution = resolutionOf(iface, reader);
    const id = this.interfaceId(iface, resolution);
    const block = iface instanceof PcapngInterface ? packetBlock(packet, reader.littleEndian) : undefined;
    if (block === undefined) {
      const offset = iface instanceof PcapngInterface ? iface.offsetSeconds : 0;
      this.out.append(writeEnhancedPacket(id, packet, resolution, offset));
    } else {
      block.writeUInt32LE(BLOCK.enhancedPacket, 0);
      block.writeUInt32LE(id, 8);
      this.out.append(block);
    }
  }

  block({ type, littleEndian, data, start, end, iface }: PcapngBlock): void {
    if (!CARRIED.has(type)) return;
    const block = blockInLittleEndian(data, start, end, littleEndian);
    if (block === undefined) return;
    if (type === BLOCK.interface) {
      if (iface !== undefined && this.descriptions.size < MOST_DESCRIPTIONS)
        this.descriptions.set(iface, block);
    } else if (type === BLOCK.interfaceStatistics) {
      const id = iface && this.ids.get(iface);
      if (id === undefined) return;
      block.writeUInt32LE(id, 8);
      this.out.append(block);
    } else this.out.append(block);
  }

  finish(): void {}

  private interfaceId(iface: CaptureInterface, resolution: number): number {
    let id = this.ids.get(iface);
    if (id === undefined) {
      id = this.ids.size;
      this.ids.set(iface, id);
      this.out.append(this.descriptions.get(iface) ?? writeInterface(iface, resolution));
      this.descriptions.delete(iface);
    }
    return id;
  }
}

/** The packet's own block, where it is one that has a time and agrees with itself. */
function packetBlock(packet: Packet, littleEndian: boolean): Buffer | undefined {
  const { data, recordStart, recordEnd } = packet;
  const type = littleEndian ? data.readUInt32LE(recordStart) : data.readUInt32BE(recordStart);
  if (type === BLOCK.simplePacket) return undefined;
  const captured = littleEndian ? data.readUInt32LE(recordStart + 20) : data.readUInt32BE(recordStart + 20);
  if (captured !== packet.end - packet.start) return undefined;
  return blockInLittleEndian(data, recordStart, recordEnd, littleEndian);
}

function resolutionOf(iface: CaptureInterface, reader: CaptureReader): number {
  if (iface instanceof PcapngInterface) return iface.resolution;
  return reader.pcapHeader?.unitsPerSecond === 1e6 ? 6 : 9;
}

/** Blocks that mean the same in another section. */
const CARRIED: ReadonlySet<number> = new Set([
  BLOCK.interface,
  BLOCK.nameResolution,
  BLOCK.interfaceStatistics,
  BLOCK.decryptionSecrets,
  BLOCK.custom,
]);
/** Kept until their first packet comes; interfaces beyond are described by what is known of them. */
const MOST_DESCRIPTIONS = 65_536;

// Copies records and blocks of one capture into a capture of the same form: byte order, resolution, sections stay.
import type { ByteBatch } from './byte-batch.ts';
import type { Packet } from './packet.ts';
import type { PacketCopy } from './packet-copy.ts';
import type { PcapHeader } from './pcap-header.ts';
import type { PcapngBlock } from './pcapng.ts';
import { BLOCK } from './pcapng-block.ts';

export class CopyUnchanged implements PacketCopy {
  private readonly out: ByteBatch;

  /** The header of a classic pcap file; null for pcapng, whose sections come as blocks. */
  constructor(header: PcapHeader | null, out: ByteBatch) {
    this.out = out;
    if (header !== null) out.append(header.bytes);
  }

  packet(packet: Packet): void {
    this.out.append(packet.data, packet.recordStart, packet.recordEnd);
  }

  block({ type, data, start, end }: PcapngBlock): void {
    // draft-ietf-opsawg-pcapng §4.8: this one is not for programs that change the file.
    if (type === BLOCK.customNotCopied) return;
    if (type === BLOCK.section) this.sectionHeader(data, start, end);
    else this.out.append(data, start, end);
  }

  finish(): void {}

  /** §4.1: as blocks may be left out, the section is of unknown length. */
  private sectionHeader(data: Buffer, start: number, end: number): void {
    const header = Buffer.from(data.subarray(start, end));
    header.fill(0xff, 16, 24);
    this.out.append(header);
  }
}

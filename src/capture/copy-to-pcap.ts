// Writes packets of any captures into one classic pcap file: one link type, microseconds where all inputs have them, else
// nanoseconds.
import type { ByteBatch } from './byte-batch.ts';
import { CopyRefused } from './copy-refused.ts';
import type { CaptureInterface, Packet } from './packet.ts';
import type { PacketCopy } from './packet-copy.ts';
import { type PcapFile, writePcapHeader, writePcapRecord } from './pcap-writer.ts';

export class CopyToPcap implements PacketCopy {
  private readonly out: ByteBatch;
  private readonly nanoseconds: boolean;
  private readonly known: CaptureInterface | undefined;
  private file: PcapFile | undefined;

  /** `known` is for the header of a file without packets. */
  constructor(nanoseconds: boolean, known: CaptureInterface | undefined, out: ByteBatch) {
    this.nanoseconds = nanoseconds;
    this.known = known;
    this.out = out;
  }

  packet(packet: Packet): void {
    const file = this.file ?? this.start(packet.iface);
    const { linkType, fcsLength } = packet.iface;
    if (linkType !== file.linkType || fcsLength !== file.fcsLength) {
      throw new CopyRefused(
        `classic pcap holds packets of one link type only: packet ${packet.frame} is of ` +
          `${named(packet.iface)}, those before it are of ${named(file)}; pcapng holds both`,
      );
    }
    this.out.append(writePcapRecord(file, packet));
  }

  block(): void {}

  finish(): void {
    if (this.file === undefined) this.start(this.known ?? ETHERNET);
  }

  private start({ linkType, fcsLength, snapLength }: Omit<CaptureInterface, 'id'>): PcapFile {
    this.file = { linkType, fcsLength, snapLength, nanoseconds: this.nanoseconds };
    this.out.append(writePcapHeader(this.file));
    return this.file;
  }
}

function named({ linkType, fcsLength }: Pick<CaptureInterface, 'linkType' | 'fcsLength'>): string {
  return fcsLength === 0 ? `link type ${linkType}` : `link type ${linkType} with ${fcsLength} octets of FCS`;
}

const ETHERNET = { linkType: 1, fcsLength: 0, snapLength: 0 };

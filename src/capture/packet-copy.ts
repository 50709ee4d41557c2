// Packets and blocks in, a new capture out: what each way to write one does.
import type { Packet } from './packet.ts';
import type { PcapngBlock } from './pcapng.ts';
import type { CaptureReader } from './reader.ts';

/** One way to write the new capture. */
export interface PacketCopy {
  packet(packet: Packet, reader: CaptureReader): void;
  /** A pcapng block that is no packet. */
  block(block: PcapngBlock): void;
  /** Writes what even a capture without packets has. */
  finish(): void;
}

/** One input of the very format is copied as it stands; anything else is written anew around the packets. */

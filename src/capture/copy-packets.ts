// Captures and the numbers of chosen packets in, a capture that holds just those packets out; each as it was, octet by
// octet, wherever the format can hold it so. Reads the captures a second time.
import { ByteBatch } from './byte-batch.ts';
import { CaptureSet } from './capture-set.ts';
import { CopyToPcap } from './copy-to-pcap.ts';
import { CopyToPcapng } from './copy-to-pcapng.ts';
import { CopyUnchanged } from './copy-unchanged.ts';
import type { Packet } from './packet.ts';
import type { PacketCopy } from './packet-copy.ts';

export interface CopyOptions {
  /** The same paths, in the same order, that gave the frames their numbers. */
  readonly inputs: readonly string[];
  /** Which packets; null for all. */
  readonly frames: { has(frame: number): boolean } | null;
  readonly format: 'pcap' | 'pcapng';
  /** Takes the octets of the new capture, piece by piece; a piece is valid until this returns or resolves. */
  readonly write: (octets: Buffer) => void | Promise<void>;
  readonly onProgress?: (done: number, total: number, packets: number) => void;
}

/** Writes the chosen packets and gives their number. Rejects with CopyRefused where the format cannot hold them. */
export async function copyPackets(options: CopyOptions): Promise<number> {
  const { inputs, frames, format, write, onProgress } = options;
  const batch = new ByteBatch();
  let copy: PacketCopy | undefined;
  const copyOf = (source: number): PacketCopy => {
    copy ??= newCopy(set, source, format, batch);
    return copy;
  };
  const set: CaptureSet = new CaptureSet(inputs, {
    onDiagnostic: () => {},
    onBlock: (source, block) => copyOf(source).block(block),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  let copied = 0;
  const onPacket = (packet: Packet): void => {
    if (frames !== null && !frames.has(packet.frame)) return;
    copyOf(packet.source).packet(packet, set.readerOf(packet.source)!);
    copied++;
  };
  const flush = async (): Promise<void> => {
    const octets = batch.take();
    if (octets.length > 0) await write(octets);
  };
  await set.each(onPacket, flush);
  copyOf(0).finish();
  await flush();
  return copied;
}

function newCopy(set: CaptureSet, source: number, format: CopyOptions['format'], out: ByteBatch): PacketCopy {
  const reader = set.readerOf(source);
  if (set.inputs.length === 1 && reader?.format === format) return new CopyUnchanged(reader.pcapHeader, out);
  return copyAnew(set, format, out);
}

/** One that writes all that is around the packets anew. */
export function copyAnew(set: CaptureSet, format: CopyOptions['format'], out: ByteBatch): PacketCopy {
  if (format === 'pcapng') return new CopyToPcapng(out);
  const readers = set.inputs.map((_, index) => set.readerOf(index));
  const isFine = readers.some(
    (each) => each?.format === 'pcapng' || each?.pcapHeader?.unitsPerSecond === 1e9,
  );
  const known = readers.find((each) => each?.pcapHeader)?.pcapHeader?.iface;
  return new CopyToPcap(isFine, known, out);
}

// Input: reads one record of a capture again, by the byte offset it was found at before.
import { Packet } from './packet.ts';
import type { CaptureReader } from './reader.ts';
import { openCapture } from './source-compression.ts';
import type { Compression } from './source-decompressed.ts';
import { type ByteSource, openFile, STANDARD_INPUT } from './source-file.ts';

/**
 * The packet at `offset` (after decompression) with octets of its own, through a reader that resumes there. A compressed
 * file is decompressed from its beginning. Undefined when the file no longer has it, or cannot be read twice.
 */
export async function readRecordAt(
  path: string,
  compression: Compression,
  offset: number,
  reader: CaptureReader,
): Promise<Packet | undefined> {
  if (path === STANDARD_INPUT) return undefined;
  const isPlain = compression === 'none';
  const source = isPlain
    ? await openFile(path, FIRST_BLOCK, offset)
    : await openCapture(path, FIRST_BLOCK, () => {});
  try {
    return await readFrom(source, isPlain ? 0 : offset, reader);
  } finally {
    await source.close();
  }
}

/** Each packet from `offset` on: a view, filled again for the next, until `onPacket` says no. */
export async function eachRecordFrom(
  path: string,
  compression: Compression,
  offset: number,
  reader: CaptureReader,
  onPacket: (packet: Packet) => boolean,
): Promise<void> {
  if (path === STANDARD_INPUT) return;
  const isPlain = compression === 'none';
  const source = isPlain ? await openFile(path, BLOCK, offset) : await openCapture(path, BLOCK, () => {});
  const packet = new Packet();
  try {
    for (let left = isPlain ? 0 : offset; !reader.ended; ) {
      const block = await source.read();
      if (block === null) return;
      reader.push(block.subarray(Math.min(left, block.length)));
      left -= Math.min(left, block.length);
      while (left === 0 && reader.next(packet)) if (!onPacket(packet)) return;
    }
  } finally {
    await source.close();
  }
}

async function readFrom(
  source: ByteSource,
  skip: number,
  reader: CaptureReader,
): Promise<Packet | undefined> {
  const packet = new Packet();
  for (let left = skip; !reader.ended; ) {
    const block = await source.read();
    if (block === null) return undefined;
    reader.push(block.subarray(Math.min(left, block.length)));
    left -= Math.min(left, block.length);
    if (left === 0 && reader.next(packet)) return owning(packet);
  }
  return undefined;
}

function owning(packet: Packet): Packet {
  const { recordStart } = packet;
  packet.data = Buffer.from(packet.data.subarray(recordStart, packet.recordEnd));
  packet.start -= recordStart;
  packet.end -= recordStart;
  packet.recordEnd -= recordStart;
  packet.recordStart = 0;
  return packet;
}

/** A SIP message and its neighbours. */
const FIRST_BLOCK = 16 * 1024;
const BLOCK = 256 * 1024;

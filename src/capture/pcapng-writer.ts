// Packets, interfaces, names, secrets in, the blocks of a little-endian pcapng section out.
// draft-ietf-opsawg-pcapng §4.
import type { CaptureInterface } from './packet.ts';
import type { PacketContent } from './pcap-writer.ts';
import type { DecryptionSecrets } from './pcapng-annotation.ts';
import { BLOCK, BYTE_ORDER_MAGIC } from './pcapng-block.ts';
import { OPT_COMMENT, padded } from './pcapng-option.ts';
import type { Timestamp } from './timestamp.ts';

/** §4.1: a section of unknown length. */
export function writeSectionHeader(options: readonly WrittenOption[] = []): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(BYTE_ORDER_MAGIC, 0);
  body.writeUInt16LE(1, 4);
  body.writeBigInt64LE(-1n, 8);
  return writeBlock(BLOCK.section, body, [[SHB_USERAPPL, 'sipspect'], ...options]);
}

/** §4.2: the n-th interface written has the number n - 1 within its section. `resolution` as in if_tsresol. */
export function writeInterface(
  iface: Omit<CaptureInterface, 'id'>,
  resolution: number = NANOSECONDS,
): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(iface.linkType & 0xffff, 0);
  body.writeUInt32LE(iface.snapLength, 4);
  const options: WrittenOption[] = [];
  if (iface.name !== undefined) options.push([IF_NAME, iface.name]);
  if (iface.description !== undefined) options.push([IF_DESCRIPTION, iface.description]);
  options.push([IF_TSRESOL, Buffer.of(resolution)]);
  if (iface.fcsLength !== 0) options.push([IF_FCSLEN, Buffer.of(iface.fcsLength)]);
  return writeBlock(BLOCK.interface, body, options);
}

/** §4.3. The time is written in units of the interface's resolution, counted from its offset. */
export function writeEnhancedPacket(
  interfaceId: number,
  packet: PacketContent,
  resolution: number = NANOSECONDS,
  offsetSeconds = 0,
  comment?: string,
): Buffer {
  const units = timestampUnits(packet, resolution, offsetSeconds);
  const length = packet.end - packet.start;
  const body = Buffer.alloc(20 + padded(length));
  body.writeUInt32LE(interfaceId, 0);
  body.writeUInt32LE(Number(units >> 32n), 4);
  body.writeUInt32LE(Number(units & 0xffffffffn), 8);
  body.writeUInt32LE(length, 12);
  body.writeUInt32LE(packet.originalLength >>> 0, 16);
  packet.data.copy(body, 20, packet.start, packet.end);
  return writeBlock(BLOCK.enhancedPacket, body, comment === undefined ? [] : [[OPT_COMMENT, comment]]);
}

/** §4.5, for IPv4 addresses and IPv6 addresses given as octets. */
export function writeNames(names: Iterable<readonly [address: Buffer, name: string]>): Buffer {
  const records: Buffer[] = [];
  for (const [address, name] of names) {
    const value = Buffer.concat([address, Buffer.from(`${name}\0`)]);
    records.push(typeLengthValue(address.length === 4 ? 1 : 2, value));
  }
  return writeBlock(BLOCK.nameResolution, Buffer.concat([...records, END]), []);
}

/** §4.7. */
export function writeSecrets(secrets: DecryptionSecrets): Buffer {
  const body = Buffer.alloc(8 + padded(secrets.data.length));
  body.writeUInt32LE(secrets.type, 0);
  body.writeUInt32LE(secrets.data.length, 4);
  secrets.data.copy(body, 8);
  return writeBlock(BLOCK.decryptionSecrets, body, []);
}

type WrittenOption = readonly [code: number, value: Buffer | string];

/** §3.1: type, length, body, options, length. */
function writeBlock(type: number, body: Buffer, options: readonly WrittenOption[]): Buffer {
  const parts = options.map(([code, value]) => typeLengthValue(code, Buffer.from(value)));
  if (parts.length > 0) parts.push(END);
  const total = 12 + body.length + parts.reduce((sum, part) => sum + part.length, 0);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(total, 4);
  return Buffer.concat([head, body, ...parts, head.subarray(4)]);
}

function typeLengthValue(type: number, value: Buffer): Buffer {
  const octets = Buffer.alloc(4 + padded(Math.min(value.length, LONGEST_VALUE)));
  octets.writeUInt16LE(type, 0);
  octets.writeUInt16LE(Math.min(value.length, LONGEST_VALUE), 2);
  value.copy(octets, 4, 0, LONGEST_VALUE);
  return octets;
}

/** What the 64 bits cannot hold becomes the nearest that they can. */
function timestampUnits(time: Timestamp, resolution: number, offsetSeconds: number): bigint {
  const perSecond = ((resolution & 0x80) !== 0 ? 2n : 10n) ** BigInt(resolution & 0x7f);
  const fraction = (BigInt(time.nanoseconds) * perSecond) / 1_000_000_000n;
  const units = BigInt(Math.trunc(time.seconds - offsetSeconds)) * perSecond + fraction;
  return units < 0n ? 0n : units > LAST_UNIT ? LAST_UNIT : units;
}

const NANOSECONDS = 9;
const SHB_USERAPPL = 4;
const IF_NAME = 2;
const IF_DESCRIPTION = 3;
const IF_TSRESOL = 9;
const IF_FCSLEN = 13;
const LAST_UNIT = (1n << 64n) - 1n;
const LONGEST_VALUE = 65_535;
const END = Buffer.alloc(4);

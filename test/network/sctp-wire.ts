// SCTP packets for tests: chunks, one after the other, behind a common header. Rules: RFC 9260 §3, RFC 8260 §2.1.
import type { Sent } from './decoding.ts';
import { bytes, ipv4, type Octets, OPTIONS, u16, u32 } from './octets.ts';

export interface DataFields {
  readonly tsn?: number;
  readonly stream?: number;
  /** Stream sequence number of DATA, message identifier of I-DATA. */
  readonly sequence?: number;
  readonly unordered?: boolean;
  readonly begins?: boolean;
  readonly ends?: boolean;
  /** Payload protocol identifier. */
  readonly protocol?: number;
  /** In octets, where it is not that of the chunk. */
  readonly length?: number;
}

export function data(payload: Octets, fields: DataFields = {}): Buffer {
  const { tsn = 1, stream = 0, sequence = 0, protocol = 0, length = 16 + payload.length } = fields;
  return padded(
    bytes(0, flagsOf(fields), u16(length), u32(tsn), u16(stream), u16(sequence), u32(protocol), payload),
  );
}

/** `fragment` is its number in the message, which the first one has no room for. */
export function iData(payload: Octets, fields: DataFields = {}, fragment = 0): Buffer {
  const { tsn = 1, stream = 0, sequence = 0, protocol = 0, length = 20 + payload.length } = fields;
  const last = (fields.begins ?? true) ? protocol : fragment;
  const head = bytes(64, flagsOf(fields), u16(length), u32(tsn), u16(stream), u16(0), u32(sequence));
  return padded(bytes(head, u32(last), payload));
}

/** RFC 9260 §3.3.4: nothing is missing. */
export function sack(tsn = 1): Buffer {
  return bytes(3, 0, u16(16), u32(tsn), u32(65_535), u16(0), u16(0));
}

export function heartbeat(): Buffer {
  return bytes(4, 0, u16(12), u16(1), u16(8), u32(0x01020304));
}

export interface CommonFields {
  readonly source?: number;
  readonly destination?: number;
  readonly tag?: number;
}

export function sctp(chunks: readonly Octets[], fields: CommonFields = {}): Buffer {
  const { source = 5060, destination = 5060, tag = 0x11223344 } = fields;
  return checked(bytes(u16(source), u16(destination), u32(tag), u32(0), ...chunks));
}

export interface PacketFields extends CommonFields {
  /** Milliseconds of capture time. */
  readonly at?: number;
  /** Each packet has an identification of its own unless it is said. */
  readonly id?: number;
  readonly src?: string;
  readonly dst?: string;
}

/** Chunks of one packet over IPv4. */
export function packet(chunks: Octets | readonly Octets[], fields: PacketFields = {}): Sent {
  const { at = 0, id = nextId(), src, dst, ...common } = fields;
  const ends = { id, ...(src !== undefined && { src }), ...(dst !== undefined && { dst }) };
  const list = chunks instanceof Uint8Array ? [chunks] : chunks;
  return { octets: ipv4(132, sctp(list, common), ends), linkType: 101, at };
}

/** `text` in chunks of so many octets, from the TSN on. */
export function fragments(text: Octets, size: number, fields: DataFields = {}): Buffer[] {
  return parts(text, size).map((part, index, all) => data(part, fragment(fields, index, all.length)));
}

export function iFragments(text: Octets, size: number, fields: DataFields = {}): Buffer[] {
  return parts(text, size).map((part, index, all) => iData(part, fragment(fields, index, all.length), index));
}

/** OPTIONS with a branch of its own. */
export function numbered(number: number): Buffer {
  return Buffer.from(OPTIONS.toString('latin1').replace('z9hG4bK1', `z9hG4bK${number}`));
}

function fragment(fields: DataFields, index: number, count: number): DataFields {
  const tsn = ((fields.tsn ?? 1) + index) >>> 0;
  return { ...fields, tsn, begins: index === 0, ends: index === count - 1 };
}

function parts(text: Octets, size: number): Octets[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.subarray(index * size, (index + 1) * size),
  );
}

let identification = 0;

function nextId(): number {
  identification = (identification % 65_535) + 1;
  return identification;
}

function flagsOf({ unordered = false, begins = true, ends = true }: DataFields): number {
  return (unordered ? 4 : 0) | (begins ? 2 : 0) | (ends ? 1 : 0);
}

function padded(chunk: Buffer): Buffer {
  return bytes(chunk, Buffer.alloc(-chunk.length & 3));
}

/** RFC 9260 §6.8, appendix A: CRC32c, the octet of lowest value first. */
function checked(packet: Buffer): Buffer {
  let crc = 0xffffffff;
  for (const octet of packet) {
    crc ^= octet;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  packet.writeUInt32LE(~crc >>> 0, 8);
  return packet;
}

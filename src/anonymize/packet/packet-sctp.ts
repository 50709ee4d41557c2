// An SCTP packet → its headers, without what its chunks carry, and its checksum. Rules: RFC 9260 §3, §6.8 and appendix A (CRC32c),
// RFC 8260 §2.1 (I-DATA).

/** Writes the common header, chunk headers, and what of chunks is about numbers only: from `[at, end)` of one buffer to the other. */
export function sctpHeaders(from: Buffer, to: Buffer, at: number, end: number): void {
  from.copy(to, at, at, at + 12);
  for (let chunk = at + 12; chunk + 4 <= end; ) {
    const length = from.readUInt16BE(chunk + 2);
    if (length < 4) return;
    const kept = KEPT.get(from[chunk]) ?? 4;
    from.copy(to, chunk, chunk, Math.min(end, chunk + Math.min(length, kept)));
    chunk += (length + 3) & ~3;
  }
}

/** Writes the checksum of the packet `[at, end)`, which is all of it. */
export function sctpChecksum(octets: Buffer, at: number, end: number): void {
  octets.writeUInt32LE(0, at + 8);
  let crc = 0xffffffff;
  for (let i = at; i < end; i++) crc = TABLE[(crc ^ octets[i]) & 0xff] ^ (crc >>> 8);
  octets.writeUInt32LE(~crc >>> 0, at + 8);
}

/** Octets of a chunk, by its type, that hold numbers only; of others there are four. INIT goes on with addresses. */
const KEPT: ReadonlyMap<number, number> = new Map([
  [0, 16],
  [64, 20],
  [1, 20],
  [2, 20],
  [3, Number.POSITIVE_INFINITY],
]);

const TABLE = Int32Array.from({ length: 256 }, (_, octet) => {
  let crc = octet;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  return crc;
});

// The Internet checksum over a transport segment and its pseudo header: whether it holds.
// Rules: RFC 1071, RFC 768, RFC 9293 §3.1, RFC 8200 §8.1.
import type { Dissection } from '../dissection.ts';

/** The addresses are those of `d`; the segment is `d.data[start, end)`. */
export function transportChecksumHolds(d: Dissection, protocol: number, start: number, end: number): boolean {
  const addresses = sum(d.data, d.addressAt, d.addressAt + (d.version === 6 ? 32 : 8));
  return folded(sum(d.data, start, end) + addresses + protocol + (end - start)) === 0xffff;
}

/** Of the 16-bit words `data[start, end)`, an odd octet with a zero behind it. At most 65,575 octets: the sum stays an exact integer. */
export function sum(data: Uint8Array, start: number, end: number): number {
  let total = 0;
  let at = start;
  for (; at + 1 < end; at += 2) total += (data[at] << 8) | data[at + 1];
  return at < end ? total + (data[at] << 8) : total;
}

/** With carries added at the low end, as ones' complement has it. */
export function folded(total: number): number {
  let left = total;
  while (left > 0xffff) left = (left & 0xffff) + Math.floor(left / 0x10000);
  return left;
}

// The header of an interface's link layer, with other hardware addresses. Link types are LINKTYPE_ values as registered at tcpdump.org.
import type { AddressPseudonyms } from '../pseudonym/ip-pseudonym.ts';

/** Writes the header `from[0, end)` to the same places of `to`. */
export function linkHeader(
  from: Buffer,
  to: Buffer,
  end: number,
  linkType: number,
  addresses: AddressPseudonyms,
): void {
  if (linkType === 239) {
    nflog(from, to, end);
    return;
  }
  from.copy(to, 0, 0, end);
  if (linkType === 1) hardwareAddresses(from, to, 0, end, [0, 6], addresses);
  else if (linkType === 113) cooked(from, to, 6, from[5], end, addresses);
  else if (linkType === 276) cooked(from, to, 12, from[11], end, addresses);
}

/** Pseudonyms of the addresses at these offsets from `at` on, as far as they are before `end`. */
export function hardwareAddresses(
  from: Buffer,
  to: Buffer,
  at: number,
  end: number,
  offsets: readonly number[],
  addresses: AddressPseudonyms,
): void {
  for (const offset of offsets) if (at + offset + 6 <= end) addresses.mac(from, at + offset, to, at + offset);
}

/** The address of a Linux cooked header: eight octets, of which `length` count; of tunnels it is none of the link layer. */
function cooked(
  from: Buffer,
  to: Buffer,
  at: number,
  length: number,
  end: number,
  addresses: AddressPseudonyms,
): void {
  to.fill(0, at, Math.min(end, at + 8));
  if (length === 6) hardwareAddresses(from, to, at, end, [0], addresses);
}

/** Family, version, resource, then attributes, whose values may name hardware and users. */
function nflog(from: Buffer, to: Buffer, end: number): void {
  const isLittle = from[4] > from[5];
  from.copy(to, 0, 0, 4);
  for (let at = 4; at + 4 <= end; ) {
    from.copy(to, at, at, at + 4);
    const length = isLittle ? from.readUInt16LE(at) : from.readUInt16BE(at);
    at += Math.max(4, (length + 3) & ~3);
  }
}

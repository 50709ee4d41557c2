// Radiotap: what a radio said of an IEEE 802.11 frame, before the frame itself. All of it is little-endian.
// Rules: radiotap.org (header, presence words, flags); LINKTYPE_IEEE802_11_RADIOTAP at tcpdump.org.
import type { Dissection } from '../dissection.ts';
import { OUTCOME } from '../outcome.ts';
import { WIFI } from './ethertype.ts';

/** Passes the header; takes the frame check sequence off where the flags say that there is one. */
export function radiotap(d: Dissection): number {
  const { data, at } = d;
  if (d.left < 8) return d.short();
  const length = data[at + 2] | (data[at + 3] << 8);
  if (data[at] !== 0 || length < 8) return d.settle(OUTCOME.malformed);
  if (d.left < length) return d.short();
  const flags = radiotapFlags(data, at, at + length);
  d.at += length;
  if ((flags & FCS_AT_END) !== 0 && !d.cut) d.narrow(Math.max(d.at, d.end - 4));
  d.padded = (flags & DATA_PAD) !== 0;
  return WIFI;
}

/** The flags field is the second there can be: before it only the 8-octet timestamp, which is aligned to 8. */
function radiotapFlags(data: Buffer, start: number, end: number): number {
  const present = data[start + 4];
  if ((present & 0x02) === 0) return 0;
  let at = start + 4;
  // Bit 31 of a presence word says that another word follows.
  while (at + 4 <= end && (data[at + 3] & 0x80) !== 0) at += 4;
  at += 4;
  if ((present & 0x01) !== 0) at = start + ((at - start + 7) & ~7) + 8;
  return at < end ? data[at] : 0;
}

const FCS_AT_END = 0x10;
/** The 802.11 header is padded to a multiple of four octets. */
const DATA_PAD = 0x20;

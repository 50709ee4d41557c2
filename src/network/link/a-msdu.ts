// The subframes of an IEEE 802.11 A-MSDU: several packets in one frame. Rules: IEEE 802.11-2020 §9.3.2.2.2.
import type { Dissection } from '../dissection.ts';

/** Where each subframe's LLC header begins and where its octets end: from, to, from, to … */
export function aMsduSubframes(d: Dissection): number[] {
  const { data, end } = d;
  const found: number[] = [];
  for (let at = d.at; at + 14 <= end && found.length < 2 * MOST; ) {
    const length = (data[at + 12] << 8) | data[at + 13];
    if (length === 0) break;
    found.push(at + 14, at + 14 + length);
    // Destination, source, length; the last subframe alone is not padded to four octets.
    at += (14 + length + 3) & ~3;
  }
  return found;
}

const MOST = 64;

// The compressed payload of a HEP packet → its octets. RFC 1950 (zlib) or RFC 1952 (gzip), told by their first octets.
// A few octets can stand for a thousand times as many, so there is a cap; beyond it the packet counts as damaged.
import { constants, unzipSync } from 'node:zlib';
import type { HepPacket } from './hep-packet.ts';

/** Puts what `data[start, end)` stands for in its place; of what the capture cut, as much as there is. False: it is damaged, or too much. */
export function inflate(hep: HepPacket): boolean {
  const packed = hep.data.subarray(hep.start, hep.end);
  try {
    hep.data = unzipSync(packed, hep.cut ? CUT : WHOLE);
  } catch {
    return false;
  }
  hep.start = 0;
  hep.end = hep.data.length;
  return true;
}

/** Octets: four times the longest SIP message that a datagram can carry. */
const MOST = 1 << 18;
const WHOLE = { maxOutputLength: MOST };
const CUT = { maxOutputLength: MOST, finishFlush: constants.Z_SYNC_FLUSH };

// An IPv4 header → what it says of its payload. Rules: RFC 791 §3.1; checksums are not verified (offloading leaves them blank).
import type { Dissection } from '../dissection.ts';
import { FRAGMENT, IP_PAYLOAD } from '../link/ethertype.ts';
import { OUTCOME } from '../outcome.ts';

export function ipv4(d: Dissection): number {
  const { data, at } = d;
  if (d.left < 20) return d.short();
  const headerLength = (data[at] & 0x0f) << 2;
  if (data[at] >> 4 !== 4 || headerLength < 20) return d.settle(OUTCOME.malformed);
  const totalLength = (data[at + 2] << 8) | data[at + 3];
  // Segmentation offload leaves 0 there in packets captured where they are sent: the capture's end is then the packet's.
  if (totalLength !== 0) {
    if (totalLength < headerLength) return d.settle(OUTCOME.malformed);
    // What is behind the total length pads the frame.
    d.narrow(at + totalLength);
  }
  if (d.left < headerLength) return d.short();
  d.transportAt = -1;
  d.version = 4;
  d.ipAt = at;
  d.addressAt = at + 12;
  d.protocol = data[at + 9];
  d.identification = (data[at + 4] << 8) | data[at + 5];
  d.at = at + headerLength;
  const fragment = ((data[at + 6] & 0x3f) << 8) | data[at + 7];
  if (fragment === 0) return IP_PAYLOAD;
  d.fragmentOffset = (fragment & 0x1fff) << 3;
  d.moreFragments = (fragment & 0x2000) !== 0;
  return FRAGMENT;
}

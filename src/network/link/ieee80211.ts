// IEEE 802.11 MAC frames: only data frames that are not protected carry anything that can be read.
// Rules: IEEE 802.11-2020 §9.2.4 (frame control, addresses), §9.3.2.1 (data frames), §9.3.2.2 (A-MSDU).
import type { Dissection } from '../dissection.ts';
import { OUTCOME } from '../outcome.ts';
import { AMSDU, LLC } from './ethertype.ts';

/** What follows: LLC, or the subframes of an A-MSDU. Sets `d.encrypted` where the frame is protected. */
export function ieee80211(d: Dissection): number {
  const { data, at } = d;
  if (d.left < 2) return d.short();
  const control = data[at];
  const flags = data[at + 1];
  // §9.2.4.1.3: type 2 is data; subtype bit 2 (0x40) says that there is no payload.
  if ((control & 0x0f) !== 0x08 || (control & 0x40) !== 0) return d.settle(OUTCOME['not-ip']);
  const isQos = (control & 0x80) !== 0;
  // §9.3.2.1: the fourth address is there when both To DS and From DS are set; HT control when +HTC is, in QoS data.
  let header = (flags & 0x03) === 0x03 ? 30 : 24;
  const qosAt = at + header;
  if (isQos) header += (flags & 0x80) !== 0 ? 6 : 2;
  if (d.padded) header = (header + 3) & ~3;
  if (d.left < header) return d.short();
  if ((flags & 0x40) !== 0) {
    d.encrypted = true;
    return d.settle(OUTCOME['not-ip']);
  }
  // More fragments, or a fragment number: a part of a frame is not put together here.
  if ((flags & 0x04) !== 0 || (data[at + 22] & 0x0f) !== 0) return d.settle(OUTCOME['fragment-missing']);
  d.at += header;
  return isQos && (data[qosAt] & 0x80) !== 0 ? AMSDU : LLC;
}

// Ethernet, and what stands between its addresses and the network layer: VLAN tags, MPLS labels, LLC/SNAP, VN-tags.
// Rules: IEEE 802.3, 802.1Q, 802.1ad, 802.1ah, 802.2; RFC 1042 (SNAP), RFC 3032 (MPLS), RFC 4385 and 4448 (pseudowires).
import type { Dissection } from '../dissection.ts';
import { OUTCOME } from '../outcome.ts';
import { ETHERTYPE, IP, LLC } from './ethertype.ts';

export function ethernet(d: Dissection): number {
  if (d.left < 14) return d.short();
  d.at += 14;
  return typeOrLength(d, (d.data[d.at - 2] << 8) | d.data[d.at - 1]);
}

/** One 802.1Q, 802.1ad or older double tag: two octets of tag, then the next type. */
export function vlanTag(d: Dissection): number {
  if (d.left < 4) return d.short();
  d.at += 4;
  return typeOrLength(d, (d.data[d.at - 2] << 8) | d.data[d.at - 1]);
}

/** Cisco's VN-tag: four octets of tag, then the next type. */
export function vnTag(d: Dissection): number {
  if (d.left < 6) return d.short();
  d.at += 6;
  return typeOrLength(d, (d.data[d.at - 2] << 8) | d.data[d.at - 1]);
}

/** IEEE 802.1ah: the I-TAG, then the customer's whole frame. */
export function backboneTag(d: Dissection): number {
  if (d.left < 4) return d.short();
  d.at += 4;
  return ETHERTYPE.ethernet;
}

/** RFC 3032 §2.1: labels up to the one with the bottom-of-stack bit; what follows is told by its first nibble. */
export function mplsLabels(d: Dissection): number {
  const { data } = d;
  for (;;) {
    if (d.left < 4) return d.short();
    d.at += 4;
    if ((data[d.at - 2] & 1) === 1) break;
  }
  if (d.left < 1) return d.short();
  // RFC 4928 §3: a MAC address may begin as an IP header does, so the header's length has to agree as well.
  if (isIpOfThisLength(d)) return IP;
  if (isBridgedEthernet(d, d.at)) return ETHERTYPE.ethernet;
  const nibble = data[d.at] >> 4;
  if (nibble === 4 || nibble === 6) return IP;
  // RFC 4385 §3: a control word begins with the nibble 0.
  if (nibble === 0 && isBridgedEthernet(d, d.at + 4)) {
    d.at += 4;
    return ETHERTYPE.ethernet;
  }
  return d.settle(OUTCOME['not-ip']);
}

/** IEEE 802.2, and RFC 1042's SNAP in it. */
export function llc(d: Dissection): number {
  const { data, at } = d;
  if (d.left < 3) return d.short();
  if (data[at] === 0xaa && data[at + 1] === 0xaa) {
    if (d.left < 8) return d.short();
    d.at += 8;
    const organisation = (data[at + 3] << 16) | (data[at + 4] << 8) | data[at + 5];
    // 00-00-00 is RFC 1042's, 00-00-F8 that of IEEE 802.1H.
    const type = (data[at + 6] << 8) | data[at + 7];
    if ((organisation === 0 || organisation === 0xf8) && type >= 0x0600) return type;
    // RFC 2684 §5.2: 00-80-C2 is bridged; 7 is Ethernet without its FCS, 1 with it; two octets pad.
    if (organisation === 0x80c2 && (type === 7 || type === 1)) {
      d.at += 2;
      return ETHERTYPE.ethernet;
    }
    return d.settle(OUTCOME['not-ip']);
  }
  if (data[at] === 0x06 && data[at + 1] === 0x06) {
    d.at += 3;
    return ETHERTYPE.ipv4;
  }
  return d.settle(OUTCOME['not-ip']);
}

/** IEEE 802.3 §3.2.6: up to 1500 it is a length, and what is behind that length pads. */
function typeOrLength(d: Dissection, value: number): number {
  if (value >= 0x0600) return value;
  if (value > 1500) return d.settle(OUTCOME.malformed);
  d.narrow(d.at + value);
  return LLC;
}

function isIpOfThisLength({ data, at, end, wireEnd }: Dissection): boolean {
  if (end - at < 20) return false;
  if (data[at] >> 4 === 4)
    return (data[at] & 0x0f) >= 5 && at + ((data[at + 2] << 8) | data[at + 3]) <= wireEnd;
  return data[at] >> 4 === 6 && at + 40 + ((data[at + 4] << 8) | data[at + 5]) <= wireEnd;
}

/** An Ethernet header whose type is one that is taken apart here. */
function isBridgedEthernet(d: Dissection, at: number): boolean {
  if (d.end - at < 14) return false;
  const type = (d.data[at + 12] << 8) | d.data[at + 13];
  if (type === ETHERTYPE.ipv4) return d.data[at + 14] >> 4 === 4;
  if (type === ETHERTYPE.ipv6) return d.data[at + 14] >> 4 === 6;
  return type === ETHERTYPE.vlan || type === ETHERTYPE.provider || type === ETHERTYPE.pppoeSession;
}

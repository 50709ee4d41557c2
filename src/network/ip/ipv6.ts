// An IPv6 header and its extension headers → what they say of the payload. Rules: RFC 8200 §3 and §4; RFC 4302 §2.
import type { Dissection } from '../dissection.ts';
import { FRAGMENT, IP_PAYLOAD } from '../link/ethertype.ts';
import { OUTCOME } from '../outcome.ts';

export function ipv6(d: Dissection): number {
  const { data, at } = d;
  if (d.left < 40) return d.short();
  if (data[at] >> 4 !== 6) return d.settle(OUTCOME.malformed);
  const payloadLength = (data[at + 4] << 8) | data[at + 5];
  // 0 is a jumbogram (RFC 2675) or segmentation offload: the capture's end is then the packet's.
  if (payloadLength !== 0) d.narrow(at + 40 + payloadLength);
  d.transportAt = -1;
  d.version = 6;
  d.ipAt = at;
  d.addressAt = at + 8;
  d.protocol = data[at + 6];
  d.identification = 0;
  d.at = at + 40;
  return IP_PAYLOAD;
}

/** RFC 8200 §4.3, §4.4, §4.6 and RFC 6275 §6.1: next header, then a length in eight octets beyond the first eight. */
export function extensionHeader(d: Dissection): number {
  const { data, at } = d;
  if (d.left < 8) return d.short();
  const length = (data[at + 1] + 1) << 3;
  if (d.left < length) return d.short();
  d.protocol = data[at];
  d.at = at + length;
  return IP_PAYLOAD;
}

/** RFC 8200 §4.5. A fragment that is all of its packet (RFC 6946) needs no others. */
export function fragmentHeader(d: Dissection): number {
  const { data, at } = d;
  if (d.left < 8) return d.short();
  d.protocol = data[at];
  d.at = at + 8;
  d.identification = (data[at + 4] << 24) | (data[at + 5] << 16) | (data[at + 6] << 8) | data[at + 7];
  d.fragmentOffset = ((data[at + 2] << 8) | data[at + 3]) & 0xfff8;
  d.moreFragments = (data[at + 3] & 1) !== 0;
  return d.fragmentOffset === 0 && !d.moreFragments ? IP_PAYLOAD : FRAGMENT;
}

/** RFC 4302 §2.2: the length is in four octets, minus two. The integrity check is not verified. */
export function authenticationHeader(d: Dissection): number {
  const { data, at } = d;
  if (d.left < 12) return d.short();
  const length = (data[at + 1] + 2) << 2;
  if (d.left < length) return d.short();
  d.protocol = data[at];
  d.at = at + length;
  return IP_PAYLOAD;
}

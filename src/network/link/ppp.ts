// PPP, alone, over a serial line, and in PPPoE sessions; and Cisco's HDLC, which shares its first octets.
// Rules: RFC 1661 §2, §6.5 (protocol field compression), RFC 1662 §3.1, RFC 2516 §4, RFC 1332, RFC 5072.
import type { Dissection } from '../dissection.ts';
import { OUTCOME } from '../outcome.ts';
import { ETHERTYPE } from './ethertype.ts';

export function ppp(d: Dissection): number {
  const { data } = d;
  // RFC 1662 §3.1: address 0xff and control 0x03 may be there or compressed away.
  if (d.left >= 2 && data[d.at] === 0xff && data[d.at + 1] === 0x03) d.at += 2;
  if (d.left < 1) return d.short();
  // RFC 1661 §6.5: a protocol below 0x100 may be one octet, which then is odd.
  if ((data[d.at] & 1) === 1) return pppProtocol(d, data[d.at++]);
  if (d.left < 2) return d.short();
  d.at += 2;
  return pppProtocol(d, (data[d.at - 2] << 8) | data[d.at - 1]);
}

/** LINKTYPE_PPP_HDLC: PPP in HDLC framing, or Cisco's HDLC, whose address is 0x0f or 0x8f. */
export function pppHdlc(d: Dissection): number {
  const first = d.left > 0 ? d.data[d.at] : 0;
  return first === 0x0f || first === 0x8f ? ciscoHdlc(d) : ppp(d);
}

/** LINKTYPE_C_HDLC: address, control, EtherType. */
export function ciscoHdlc(d: Dissection): number {
  if (d.left < 4) return d.short();
  d.at += 4;
  const type = (d.data[d.at - 2] << 8) | d.data[d.at - 1];
  return type < 0x0600 ? d.settle(OUTCOME['not-ip']) : type;
}

/** LINKTYPE_PPP_WITH_DIR: one octet of direction before PPP. */
export function pppWithDirection(d: Dissection): number {
  if (d.left < 1) return d.short();
  d.at++;
  return ppp(d);
}

/** LINKTYPE_PPP_PPPD: the direction stands in place of the address octet. */
export function pppd(d: Dissection): number {
  if (d.left < 2) return d.short();
  if (d.data[d.at + 1] === 0x03) d.at += 2;
  return ppp(d);
}

/** RFC 2516 §4: version and type 1, code 0, session, length; then PPP's protocol field. */
export function pppoeSession(d: Dissection): number {
  const { data, at } = d;
  if (d.left < 6) return d.short();
  if (data[at] !== 0x11) return d.settle(OUTCOME.malformed);
  if (data[at + 1] !== 0) return d.settle(OUTCOME['not-ip']);
  d.at += 6;
  d.narrow(d.at + ((data[at + 4] << 8) | data[at + 5]));
  return ppp(d);
}

function pppProtocol(d: Dissection, protocol: number): number {
  if (protocol === 0x0021) return ETHERTYPE.ipv4;
  if (protocol === 0x0057) return ETHERTYPE.ipv6;
  if (protocol === 0x0281) return ETHERTYPE.mpls;
  if (protocol === 0x0031) return bridging(d);
  return d.settle(OUTCOME['not-ip']);
}

/** RFC 3518 §4.2: flags, MAC type (1 is 802.3), then the frame. */
function bridging(d: Dissection): number {
  if (d.left < 2) return d.short();
  if (d.data[d.at + 1] !== 1) return d.settle(OUTCOME['not-ip']);
  d.at += 2;
  return ETHERTYPE.ethernet;
}

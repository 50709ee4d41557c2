// Linux "cooked" captures (`-i any`): the pseudo header that stands where the link layer's was.
// Rules: LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2 as registered at tcpdump.org.
import type { Dissection } from '../dissection.ts';
import { OUTCOME } from '../outcome.ts';
import { LLC, WIFI } from './ethertype.ts';
import { radiotap } from './radiotap.ts';

export function linuxCooked(d: Dissection): number {
  if (d.left < 16) return d.short();
  const { data, at } = d;
  d.at += 16;
  return cookedProtocol(d, (data[at + 2] << 8) | data[at + 3], (data[at + 14] << 8) | data[at + 15]);
}

export function linuxCooked2(d: Dissection): number {
  if (d.left < 20) return d.short();
  const { data, at } = d;
  d.at += 20;
  return cookedProtocol(d, (data[at + 8] << 8) | data[at + 9], (data[at] << 8) | data[at + 1]);
}

/** The ARPHRD_ type of the interface can change what the protocol field means. */
function cookedProtocol(d: Dissection, hardware: number, protocol: number): number {
  if (hardware === ARPHRD_NETLINK) return d.settle(OUTCOME['not-ip']);
  if (hardware === ARPHRD_IEEE80211_RADIOTAP) return radiotap(d);
  if (hardware === ARPHRD_IEEE80211) return WIFI;
  // 4 says that an 802.2 LLC header follows; 1 is Novell's 802.3 without one; others below 0x0600 are no EtherTypes.
  if (protocol === 4) return LLC;
  return protocol < 0x0600 ? d.settle(OUTCOME['not-ip']) : protocol;
}

const ARPHRD_IEEE80211 = 801;
const ARPHRD_IEEE80211_RADIOTAP = 803;
const ARPHRD_NETLINK = 824;

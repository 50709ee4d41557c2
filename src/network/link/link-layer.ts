// The link type of the interface → the function that takes its header apart and says what follows.
// Numbers are LINKTYPE_ values as registered at tcpdump.org; one that is not here is refused, never guessed.
import type { Dissection } from '../dissection.ts';
import { ethernet } from './ethernet.ts';
import { ETHERTYPE, WIFI } from './ethertype.ts';
import { linuxCooked, linuxCooked2 } from './linux-cooked.ts';
import { ipnet, nflog, nullLoopback, openBsdLoopback, rawIp } from './loopback.ts';
import { ciscoHdlc, ppp, pppd, pppHdlc, pppoeSession, pppWithDirection } from './ppp.ts';
import { radiotap } from './radiotap.ts';

/** What follows the link layer, or UNKNOWN_LINK. The frame check sequence, where the interface says there is one, is taken off. */
export function linkLayer(d: Dissection): number {
  const { iface, originalLength, start, end } = d.packet;
  if (iface.fcsLength > 0) {
    // A packet cut by the snap length has lost its check sequence first.
    const kept = iface.fcsLength - Math.max(0, originalLength - (end - start));
    if (kept > 0) d.narrow(Math.max(d.at, d.end - kept));
  }
  switch (iface.linkType) {
    case 1:
      return ethernet(d);
    case 113:
      return linuxCooked(d);
    case 276:
      return linuxCooked2(d);
    case 12:
    case 14:
    case 101:
      return rawIp(d);
    case 228:
      return ETHERTYPE.ipv4;
    case 229:
      return ETHERTYPE.ipv6;
    case 0:
      return nullLoopback(d);
    case 108:
      return openBsdLoopback(d);
    case 9:
      return ppp(d);
    case 50:
      return pppHdlc(d);
    case 51:
      return pppoeSession(d);
    case 104:
      return ciscoHdlc(d);
    case 105:
      return WIFI;
    case 127:
      return radiotap(d);
    case 166:
      return pppd(d);
    case 204:
      return pppWithDirection(d);
    case 226:
      return ipnet(d);
    case 239:
      return nflog(d);
    default:
      return UNKNOWN_LINK;
  }
}

export const UNKNOWN_LINK = -1;

// Link types that say little more than which version of IP follows: BSD loopback, raw IP, Solaris IPNET, Linux NFLOG.
// Rules: LINKTYPE_NULL, _LOOP, _RAW, _IPV4, _IPV6, _IPNET and _NFLOG as registered at tcpdump.org.
import type { Dissection } from '../dissection.ts';
import { OUTCOME } from '../outcome.ts';
import { ETHERTYPE, IP } from './ethertype.ts';

/** LINKTYPE_NULL: the address family in the byte order of the machine that captured; families are small numbers. */
export function nullLoopback(d: Dissection): number {
  if (d.left < 4) return d.short();
  const { data, at } = d;
  const big = data[at] * 0x1000000 + ((data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3]);
  const little = data[at + 3] * 0x1000000 + ((data[at + 2] << 16) | (data[at + 1] << 8) | data[at]);
  d.at += 4;
  return addressFamily(d, Math.min(big, little));
}

/** LINKTYPE_LOOP: the address family in network byte order. */
export function openBsdLoopback(d: Dissection): number {
  if (d.left < 4) return d.short();
  const { data, at } = d;
  d.at += 4;
  return addressFamily(d, data[at] * 0x1000000 + ((data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3]));
}

/** No link layer: the IP header's own version tells. */
export function rawIp(d: Dissection): number {
  if (d.left < 1) return d.short();
  const version = d.data[d.at] >> 4;
  if (version === 4) return ETHERTYPE.ipv4;
  return version === 6 ? ETHERTYPE.ipv6 : d.settle(OUTCOME.malformed);
}

/** Solaris `ipnet`: version, family, hook, length, interface, group, two zones: 24 octets. */
export function ipnet(d: Dissection): number {
  if (d.left < 24) return d.short();
  const family = d.data[d.at + 1];
  d.at += 24;
  if (family === 2) return ETHERTYPE.ipv4;
  return family === 26 ? ETHERTYPE.ipv6 : d.settle(OUTCOME['not-ip']);
}

/** Linux `nflog`: family, version, resource, then attributes in host byte order, of which NFULA_PAYLOAD is the packet. */
export function nflog(d: Dissection): number {
  const { data, end } = d;
  if (d.left < 4) return d.short();
  const family = data[d.at];
  // The byte order is not told. The first attribute is short, so its length has the smaller of both readings.
  const isLittle = end - d.at < 6 || data[d.at + 4] > data[d.at + 5];
  for (let at = d.at + 4; at + 4 <= end; ) {
    const length = hostShort(data, at, isLittle);
    if (length < 4) return d.settle(OUTCOME.malformed);
    if ((hostShort(data, at + 2, isLittle) & 0x7fff) === NFULA_PAYLOAD) {
      d.at = at + 4;
      d.narrow(at + length);
      return family === 2 || family === 10 ? IP : d.settle(OUTCOME['not-ip']);
    }
    at += (length + 3) & ~3;
  }
  return d.settle(d.cut ? OUTCOME.truncated : OUTCOME['not-ip']);
}

function hostShort(data: Buffer, at: number, isLittle: boolean): number {
  return isLittle ? data[at] | (data[at + 1] << 8) : (data[at] << 8) | data[at + 1];
}

/** AF_INET is 2 everywhere; AF_INET6 is 10 on Linux, 24, 28 or 30 on the BSDs and macOS. */
function addressFamily(d: Dissection, family: number): number {
  if (family === 2) return ETHERTYPE.ipv4;
  if (family === 10 || family === 24 || family === 28 || family === 30) return ETHERTYPE.ipv6;
  return d.settle(OUTCOME['not-ip']);
}

const NFULA_PAYLOAD = 9;

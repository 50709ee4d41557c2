// The short way for most packets of most captures: IPv4 and UDP right behind Ethernet (with or without one VLAN tag),
// a Linux cooked header or nothing, whole, and with a payload that its first octets already rule out as SIP.
// Whatever is not exactly that takes the long way; both give the same outcome.
import type { Packet } from '../capture/packet.ts';
import { maybeOldHep } from './hep/hep-old.ts';
import { mediaOutcome } from './ip/udp.ts';
import type { Outcome } from './outcome.ts';
import { isTunnelPort } from './tunnel/udp-tunnel.ts';

/** What the packet is, or NOT_TOLD: it may be SIP, or needs more than a glance. */
export function glance(packet: Packet): Outcome | typeof NOT_TOLD {
  const { data, end, iface } = packet;
  const ip = ipv4Offset(data, packet.start, iface.linkType);
  if (ip < 0 || ip + 28 + SHORTEST > end) return NOT_TOLD;
  // Version 4 without options; no fragment; UDP.
  if (data[ip] !== 0x45 || data[ip + 9] !== 17 || (((data[ip + 6] & 0x3f) << 8) | data[ip + 7]) !== 0)
    return NOT_TOLD;
  const ipLength = (data[ip + 2] << 8) | data[ip + 3];
  const udpLength = (data[ip + 24] << 8) | data[ip + 25];
  if (udpLength < 8 + SHORTEST || udpLength + 20 !== ipLength || ip + ipLength > end) return NOT_TOLD;
  const at = ip + 28;
  const first = FIRST[data[at]];
  if (first !== OTHER && (first === SIP || maybeOldHep(data, at, ip + ipLength))) return NOT_TOLD;
  const sourcePort = (data[ip + 20] << 8) | data[ip + 21];
  const destinationPort = (data[ip + 22] << 8) | data[ip + 23];
  if (isTunnelPort(sourcePort) || isTunnelPort(destinationPort)) return NOT_TOLD;
  return mediaOutcome(data, at, ip + ipLength, sourcePort, destinationPort);
}

function ipv4Offset(data: Buffer, start: number, linkType: number): number {
  if (linkType === 1) {
    const type = (data[start + 12] << 8) | data[start + 13];
    if (type === 0x0800) return start + 14;
    return type === 0x8100 && data[start + 16] === 0x08 && data[start + 17] === 0x00 ? start + 18 : -1;
  }
  if (linkType === 113) {
    const isIpv4 = data[start + 14] === 0x08 && data[start + 15] === 0x00;
    return isIpv4 && isPlainHardware(data, start + 2) ? start + 16 : -1;
  }
  if (linkType === 276) {
    const isIpv4 = data[start] === 0x08 && data[start + 1] === 0x00;
    return isIpv4 && isPlainHardware(data, start + 8) ? start + 20 : -1;
  }
  return linkType === 101 || linkType === 228 ? start : -1;
}

/** ARPHRD_ types below 800: those of IEEE 802.11 and Netlink, which change what follows, are above (linux-cooked.ts). */
function isPlainHardware(data: Buffer, at: number): boolean {
  return ((data[at] << 8) | data[at + 1]) < 800;
}

export const NOT_TOLD = -1;

/** Shorter payloads may be keep-alives. */
const SHORTEST = 5;

/** What a payload may be by its first octet. */
const OTHER = 0;
const SIP = 1;
const OLD_HEP = 2;
/** RFC 3261 §25.1: octets that a token begins with (HEP3, too); CR and LF may come before it. 1 and 2 are versions of HEP. */
const FIRST = Uint8Array.from({ length: 256 }, (_, octet) => {
  if (octet === 1 || octet === 2) return OLD_HEP;
  return octet === 0x0a || octet === 0x0d || /[\w!%'*+.`~-]/.test(String.fromCharCode(octet)) ? SIP : OTHER;
});

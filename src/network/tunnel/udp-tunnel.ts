// Tunnels over UDP, and SCTP behind a UDP header: told by their port and by a header that makes sense; anything else on
// the port is an ordinary datagram.
// Rules: RFC 7348 §5 (VXLAN), RFC 8926 §3.4 (Geneve), 3GPP TS 29.281 §5 (GTP-U), RFC 3948 §2 (ESP in UDP),
// RFC 6951 (SCTP in UDP).
import type { Dissection } from '../dissection.ts';
import { PROTOCOL } from '../ip/ip-protocol.ts';
import { ETHERTYPE, IP, IP_PAYLOAD } from '../link/ethertype.ts';
import { isSctpPacket } from '../sctp/sctp-chunk.ts';
import { looksLikeSip } from '../sniff.ts';

/** Whether a tunnel uses this port; the octets then decide. */
export function isTunnelPort(port: number): boolean {
  // Asked twice for each packet: most ports of media are above all of these.
  if (port > SCTP_IN_UDP) return false;
  return (
    port === GTP_U ||
    port === VXLAN ||
    port === VXLAN_LINUX ||
    port === GENEVE ||
    port === ESP_IN_UDP ||
    port === SCTP_IN_UDP
  );
}

/** Takes the tunnel's header (behind UDP's, at `d.at`) apart; NO_TUNNEL, and nothing moved, when it is none. */
export function udpTunnel(d: Dissection, sourcePort: number, destinationPort: number): number {
  if (destinationPort === GTP_U || sourcePort === GTP_U) return gtpU(d);
  if (destinationPort === VXLAN || destinationPort === VXLAN_LINUX) return vxlan(d);
  if (destinationPort === GENEVE) return geneve(d);
  if (destinationPort === ESP_IN_UDP || sourcePort === ESP_IN_UDP) return espInUdp(d);
  return destinationPort === SCTP_IN_UDP || sourcePort === SCTP_IN_UDP ? sctpInUdp(d) : NO_TUNNEL;
}

/** RFC 3948 §2.1 and §2.2: an SPI, which is never 0 to 255 (RFC 4303 §2.1), where IKE has four zeros. */
function espInUdp(d: Dissection): number {
  const { data, at } = d;
  if (d.left < 18 || (data[at] | data[at + 1] | data[at + 2]) === 0) return NO_TUNNEL;
  if (looksLikeSip(data, at, d.end)) return NO_TUNNEL;
  d.protocol = PROTOCOL.esp;
  return IP_PAYLOAD;
}

/** RFC 6951: an SCTP packet stands right behind the UDP header; its own ports are the endpoints'. */
function sctpInUdp(d: Dissection): number {
  if (!isSctpPacket(d.data, d.at, d.end, d.cut)) return NO_TUNNEL;
  d.protocol = PROTOCOL.sctp;
  return IP_PAYLOAD;
}

/** RFC 7348 §5: the I flag, 24 bits of network identifier, reserved octets; then an Ethernet frame. */
function vxlan(d: Dissection): number {
  const { data, at } = d;
  // The low reserved flags and the last octet are 0; the group policy extension uses others.
  if (d.left < 8 + 14 || (data[at] & 0x0f) !== 0x08 || data[at + 7] !== 0) return NO_TUNNEL;
  d.tunnels.push('vxlan', data, d.version, d.addressAt, networkIdentifier(data, at + 4));
  d.at = at + 8;
  return ETHERTYPE.ethernet;
}

/** RFC 8926 §3.4: version 0, options in four octets, protocol, network identifier. */
function geneve(d: Dissection): number {
  const { data, at } = d;
  if (d.left < 8 || data[at] >> 6 !== 0 || (data[at + 1] & 0x3f) !== 0 || data[at + 7] !== 0)
    return NO_TUNNEL;
  const header = 8 + ((data[at] & 0x3f) << 2);
  const type = (data[at + 2] << 8) | data[at + 3];
  if (d.left < header || type < 0x0600) return NO_TUNNEL;
  d.tunnels.push('geneve', data, d.version, d.addressAt, networkIdentifier(data, at + 4));
  d.at = at + header;
  return type;
}

/** 3GPP TS 29.281 §5.1: version 1, protocol type 1, G-PDU (255); then extension headers, and the user's IP packet. */
function gtpU(d: Dissection): number {
  const { data, at } = d;
  if (d.left < 12 || data[at] >> 4 !== 3 || data[at + 1] !== 255) return NO_TUNNEL;
  let inner = at + 8;
  // §5.1: any of E, S and PN makes all three optional fields (four octets) present.
  if ((data[at] & 0x07) !== 0) {
    inner += 4;
    // §5.2.1: each extension header's length is in four octets, its last octet says what follows it.
    for (let next = (data[at] & 0x04) !== 0 ? data[at + 11] : 0; next !== 0; next = data[inner - 1]) {
      if (inner >= d.end || data[inner] === 0) return NO_TUNNEL;
      inner += data[inner] << 2;
    }
  }
  if (inner >= d.end) return NO_TUNNEL;
  const nibble = data[inner] >> 4;
  if (nibble !== 4 && nibble !== 6) return NO_TUNNEL;
  const teid = data[at + 4] * 0x1000000 + ((data[at + 5] << 16) | (data[at + 6] << 8) | data[at + 7]);
  d.tunnels.push('gtp-u', data, d.version, d.addressAt, teid);
  d.at = inner;
  return IP;
}

function networkIdentifier(data: Buffer, at: number): number {
  return (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
}

export const NO_TUNNEL = -1;

const GTP_U = 2152;
const VXLAN = 4789;
/** Where Linux put it before a port was assigned. */
const VXLAN_LINUX = 8472;
const GENEVE = 6081;
const ESP_IN_UDP = 4500;
const SCTP_IN_UDP = 9899;

// A UDP header → a tunnel to go on with, a SIP datagram to hand on, or the name of what else it carries.
// Rules: RFC 768 (a length that cannot be is not believed), RFC 5626 §3.5 (keep-alives).

import type { Dissection } from '../dissection.ts';
import { hep, maybeHep, NOT_HEP } from '../hep/hep.ts';
import { looksLikeRtcp, looksLikeRtp, looksLikeStun } from '../media-sniff.ts';
import { OUTCOME, type Outcome } from '../outcome.ts';
import { looksLikeSip } from '../sniff.ts';
import { isTunnelPort, NO_TUNNEL, udpTunnel } from '../tunnel/udp-tunnel.ts';
import type { DatagramDelivery } from './datagram.ts';

export function udp(d: Dissection, delivery: DatagramDelivery): number {
  const { data, at } = d;
  if (d.left < 8) return d.short();
  const sourcePort = (data[at] << 8) | data[at + 1];
  const destinationPort = (data[at + 2] << 8) | data[at + 3];
  const length = (data[at + 4] << 8) | data[at + 5];
  // 0 is left by segmentation offload; 1 to 7 cannot be: the IP payload is taken whole.
  if (length >= 8) d.narrow(at + length);
  d.at = at + 8;
  if (isTunnelPort(destinationPort) || isTunnelPort(sourcePort)) {
    const next = udpTunnel(d, sourcePort, destinationPort);
    if (next !== NO_TUNNEL) return next;
  }
  if (looksLikeSip(data, d.at, d.end)) return d.settle(delivery.deliver(d, sourcePort, destinationPort));
  if (maybeHep(data, d.at, d.end)) {
    const outcome = hep(d, delivery.hep);
    if (outcome !== NOT_HEP) return d.settle(outcome);
  }
  return d.settle(otherThanSip(d, sourcePort, destinationPort, delivery));
}

/** What a payload that is not SIP is. */
function otherThanSip(
  d: Dissection,
  sourcePort: number,
  destinationPort: number,
  delivery: DatagramDelivery,
): Outcome {
  const { data, at, end } = d;
  if (at >= end) return d.cut ? OUTCOME.truncated : OUTCOME.empty;
  if (isKeepAlive(data, at, end) && delivery.isSipFlow(d, sourcePort, destinationPort))
    return OUTCOME['sip-keepalive'];
  const media = mediaOutcome(data, at, end, sourcePort, destinationPort);
  if (media !== OUTCOME['not-sip']) return media;
  return d.cut && end - at < TOO_SHORT_TO_TELL ? OUTCOME.truncated : media;
}

/** RTP, RTCP, STUN or something else; a system port on either side is never RTP's. */
export function mediaOutcome(
  data: Buffer,
  at: number,
  end: number,
  sourcePort: number,
  destinationPort: number,
): Outcome {
  const first = data[at];
  if (first >= 0x80 && first <= 0xbf) {
    if (sourcePort < 1024 || destinationPort < 1024) return OUTCOME['not-sip'];
    if (looksLikeRtp(data, at, end)) return OUTCOME.rtp;
    return looksLikeRtcp(data, at, end) ? OUTCOME.rtcp : OUTCOME['not-sip'];
  }
  return first < 4 && looksLikeStun(data, at, end) ? OUTCOME.stun : OUTCOME['not-sip'];
}

/**
 * RFC 5626 §3.5.1 has CRLFCRLF and CRLF; over UDP, devices also send one to four NULs or spaces. It counts only
 * between addresses where SIP was seen, or on SIP's own ports (DatagramDelivery.isSipFlow).
 */
function isKeepAlive(data: Buffer, at: number, end: number): boolean {
  if (end - at > 4) return false;
  for (let i = at; i < end; i++) {
    if (data[i] !== 0x0d && data[i] !== 0x0a && data[i] !== 0 && data[i] !== 0x20) return false;
  }
  return true;
}

const TOO_SHORT_TO_TELL = 12;

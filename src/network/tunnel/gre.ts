// GRE, plain and enhanced, and the mirrored frames (ERSPAN) in it.
// Rules: RFC 2784 §2, RFC 2890 §2 (key, sequence), RFC 1701 (routing), RFC 2637 §4.1 (version 1, PPP), draft-foschiano-erspan-03.
import type { Dissection } from '../dissection.ts';
import { ETHERTYPE, IP } from '../link/ethertype.ts';
import { OUTCOME } from '../outcome.ts';
import { NO_ID } from './tunnel-path.ts';

export function gre(d: Dissection): number {
  const { data, at } = d;
  if (d.left < 4) return d.short();
  const flags = data[at];
  const version = data[at + 1] & 0x07;
  const type = (data[at + 2] << 8) | data[at + 3];
  if (version > 1) return d.settle(OUTCOME['other-transport']);
  d.at = at + 4;
  if ((flags & (CHECKSUM | ROUTING)) !== 0) d.at += 4;
  const keyAt = d.at;
  if ((flags & KEY) !== 0) d.at += 4;
  const hasSequence = (flags & SEQUENCE) !== 0;
  if (hasSequence) d.at += 4;
  if (version === 1 && (data[at + 1] & ACKNOWLEDGEMENT) !== 0) d.at += 4;
  if ((flags & ROUTING) !== 0) skipRouting(d);
  if (d.left < 0) return d.short();
  // RFC 2637 §4.1: without a sequence number there is no payload.
  if (version === 1 && !hasSequence) return d.settle(OUTCOME.empty);
  const key = data[keyAt] * 0x1000000 + ((data[keyAt + 1] << 16) | (data[keyAt + 2] << 8) | data[keyAt + 3]);
  if (type !== ETHERTYPE.erspan2 && type !== ETHERTYPE.erspan3) {
    d.tunnels.push('gre', d.data, d.version, d.addressAt, (flags & KEY) !== 0 ? key : NO_ID);
    return type < 0x0600 ? d.settle(OUTCOME['not-ip']) : type;
  }
  return erspan(d, hasSequence);
}

/** Type I has no header of its own (and no GRE sequence number), type II eight octets, type III twelve and perhaps eight more. */
function erspan(d: Dissection, hasSequence: boolean): number {
  const { data, at } = d;
  if (!hasSequence) {
    d.tunnels.push('erspan', data, d.version, d.addressAt, NO_ID);
    return ETHERTYPE.ethernet;
  }
  if (d.left < 8) return d.short();
  const version = data[at] >> 4;
  if (version !== 1 && version !== 2) return d.settle(OUTCOME['not-ip']);
  d.tunnels.push('erspan', data, d.version, d.addressAt, ((data[at + 2] & 3) << 8) | data[at + 3]);
  d.at += 8;
  if (version === 1) return ETHERTYPE.ethernet;
  if (d.left < 4) return d.short();
  d.at += 4;
  const frameType = (data[at + 10] & 0x7c) >> 2;
  // The lowest bit: a platform-specific subheader follows.
  if ((data[at + 11] & 1) === 1) d.at += 8;
  if (d.left < 0) return d.short();
  if (frameType === 0) return ETHERTYPE.ethernet;
  return frameType === 2 ? IP : d.settle(OUTCOME['not-ip']);
}

/** RFC 1701: source route entries (family, offset, length, octets) until one of family 0 and length 0. */
function skipRouting(d: Dissection): void {
  const { data } = d;
  while (d.left >= 4) {
    const isLast = data[d.at] === 0 && data[d.at + 1] === 0 && data[d.at + 3] === 0;
    d.at += 4 + data[d.at + 3];
    if (isLast) return;
  }
  d.at = d.end + 1;
}

const CHECKSUM = 0x80;
const ROUTING = 0x40;
const KEY = 0x20;
const SEQUENCE = 0x10;
const ACKNOWLEDGEMENT = 0x80;

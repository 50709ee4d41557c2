// RTP, RTCP and STUN → what says how media flowed, without what was said. Rules: RFC 3550 §5.1, §5.3.1 and §6.4, RFC 8489 §5.

/** The header stays; contributing sources, extensions and the payload do not, but how long they are. */
export function rtpWithoutMedia(from: Buffer, to: Buffer, at: number, end: number): void {
  from.copy(to, at, at, Math.min(end, at + 12));
  const extension = at + 12 + 4 * (from[at] & 0x0f);
  if ((from[at] & 0x10) !== 0 && extension + 4 <= end) from.copy(to, extension, extension, extension + 4);
  // RFC 3550 §5.1: the last octet says how many pad.
  if ((from[at] & 0x20) !== 0) to[end - 1] = from[end - 1];
}

/** Reports stay whole; of the others (names, reasons, what applications say) the first eight octets. */
export function rtcpWithoutNames(from: Buffer, to: Buffer, at: number, end: number): void {
  for (let packet = at; packet + 4 <= end; ) {
    const next = packet + 4 + 4 * from.readUInt16BE(packet + 2);
    const type = from[packet + 1];
    const kept = type === SENDER_REPORT || type === RECEIVER_REPORT ? next : packet + 8;
    from.copy(to, packet, packet, Math.min(end, next, kept));
    packet = next;
  }
}

/** The header: type, length, transaction. */
export function stunHeader(from: Buffer, to: Buffer, at: number, end: number): void {
  from.copy(to, at, at, Math.min(end, at + 20));
}

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;

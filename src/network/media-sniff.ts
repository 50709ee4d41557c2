// Octets of a datagram → RTP, RTCP or STUN? Cheap and good enough to say what a packet was; nothing is decoded.
// Rules: RFC 3550 §5.1 and §6.4, RFC 3551 §6 (payload types), RFC 5761 §4 (RTP and RTCP on one port), RFC 8489 §5, RFC 7983.

/** RTP version 2 with a payload type that can be in use, and room for its header. */
export function looksLikeRtp(data: Uint8Array, start: number, end: number): boolean {
  const first = data[start];
  if (first < 0x80 || first > 0xbf || end - start < 12 + 4 * (first & 0x0f)) return false;
  return RTP_PAYLOAD_TYPE[data[start + 1] & 0x7f] === 1;
}

/** RTCP version 2 whose first packet's length fits (it may be cut: `wireEnd` is where it would end on the wire). */
export function looksLikeRtcp(data: Uint8Array, start: number, end: number, wireEnd: number = end): boolean {
  const first = data[start];
  if (first < 0x80 || first > 0xbf || end - start < 4) return false;
  const type = data[start + 1];
  if (type < 192 || type > 213) return false;
  return start + 4 + 4 * ((data[start + 2] << 8) | data[start + 3]) <= wireEnd;
}

/** STUN: RFC 8489 by its magic cookie, RFC 3489 (no cookie) by its known types and exact length. */
export function looksLikeStun(data: Uint8Array, start: number, end: number): boolean {
  if (end - start < 20 || data[start] > 0x3f) return false;
  const length = (data[start + 2] << 8) | data[start + 3];
  if ((length & 3) !== 0) return false;
  if (
    data[start + 4] === 0x21 &&
    data[start + 5] === 0x12 &&
    data[start + 6] === 0xa4 &&
    data[start + 7] === 0x42
  ) {
    return true;
  }
  // RFC 3489 §11.1: Binding and Shared Secret, with their responses and error responses.
  const kind = data[start];
  const method = data[start + 1];
  return (
    kind <= 1 &&
    (method === 1 || method === 2 || method === 0x11 || method === 0x12) &&
    length === end - start - 20
  );
}

/** RFC 3551 §6 assigns 0–34; 96–127 are dynamic; 35–95 are unassigned or reserved, 64–95 because of RTCP (RFC 5761 §4). */
const RTP_PAYLOAD_TYPE = Uint8Array.from({ length: 128 }, (_, type) => (type <= 34 || type >= 96 ? 1 : 0));

// Has the capture shown this datagram before? A mirrored port, the `any` interface and captures on both sides of a
// router or a tunnel show one packet several times; an application that sends again sends another packet.
import type { Dissection } from './dissection.ts';

/**
 * Remembers SIP datagrams for a moment, in a table of fixed size where a newer one takes the place of an older.
 * The same addresses, ports, octets and (non-zero) IP identification within 400 ms are the same packet: a SIP
 * retransmission comes after 500 ms at the earliest (RFC 3261 §17.1.1.1, T1), and with an identification of its own.
 * Without an identification (IPv6, or 0 as RFC 6864 §4.1 allows) only 2 ms are allowed.
 * Time to live and link layer are not looked at: they change from hop to hop, the packet is the same.
 */
export class MirrorTable {
  private readonly seen = new Float64Array(SLOTS * FIELDS);

  /**
   * Number of the packet that the datagram `d.data[d.at, d.end)`, whose UDP header is right before it, was first
   * seen in, or 0. Remembers it as that of `frame`.
   */
  seenBefore(d: Dissection, frame: number): number {
    const { seen } = this;
    const { data, identification } = d;
    const { seconds, nanoseconds } = d.packet;
    const octets = hashOctets(data, d.at, d.end, d.end - d.at);
    const addresses = hashOctets(data, d.addressAt, d.addressAt + (d.version === 6 ? 32 : 8), identification);
    const flow = hashOctets(data, d.at - 8, d.at - 4, addresses);
    // One number of 53 bits: all of the octets' hash, and 21 bits of the flow's.
    const mark = (octets >>> 0) * 0x200000 + (flow >>> 11);
    const slot = ((octets ^ flow) & (SLOTS - 1)) * FIELDS;
    const age = Math.abs((seconds - seen[slot + 1]) * 1e9 + (nanoseconds - seen[slot + 2]));
    if (seen[slot] === mark && age <= (identification === 0 ? WINDOW_WITHOUT_ID : WINDOW))
      return seen[slot + 3];
    seen[slot] = mark;
    seen[slot + 1] = seconds;
    seen[slot + 2] = nanoseconds;
    seen[slot + 3] = frame;
    return 0;
  }
}

/** Four octets at a time; every bit of them moves every bit of the result. */
function hashOctets(data: Uint8Array, start: number, end: number, seed: number): number {
  let hash = seed | 0;
  let at = start;
  for (const last = end - 4; at <= last; at += 4) {
    const word = data[at] | (data[at + 1] << 8) | (data[at + 2] << 16) | (data[at + 3] << 24);
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ data[at], 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

const SLOTS = 1 << 14;
/** Mark, seconds, nanoseconds, frame. */
const FIELDS = 4;
/** Nanoseconds. */
const WINDOW = 400e6;
const WINDOW_WITHOUT_ID = 2e6;

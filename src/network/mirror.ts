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
  private viewed: Buffer = Buffer.alloc(0);
  private view: DataView = new DataView(this.viewed.buffer, 0, 0);

  /**
   * Number of the packet that the datagram `d.data[d.at, d.end)`, whose UDP header is right before it, was first
   * seen in, or 0. Remembers it as that of `frame`.
   */
  seenBefore(d: Dissection, frame: number): number {
    const { seen } = this;
    const { data, identification } = d;
    const { seconds, nanoseconds } = d.packet;
    if (data !== this.viewed) {
      // Packets of one block share their buffer, so a view serves thousands of them.
      this.viewed = data;
      this.view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    }
    const { view } = this;
    const octets = identification === 0 ? hashOctets(view, d.at, d.end, d.end - d.at) : sample(view, d);
    const addresses = hashOctets(view, d.addressAt, d.addressAt + (d.version === 6 ? 32 : 8), identification);
    const flow = hashOctets(view, d.at - 8, d.at - 4, addresses);
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

/**
 * With an identification, what tells a packet apart needs no look at every octet: its length, its UDP checksum, where
 * the start line and the topmost Via stand, and its end.
 */
function sample(view: DataView, d: Dissection): number {
  const head = Math.min(d.at + HEAD, d.end);
  const length = ((d.end - d.at) << 16) | view.getUint16(d.at - 2);
  return hashOctets(view, Math.max(head, d.end - TAIL), d.end, hashOctets(view, d.at, head, length));
}

/** Sixteen octets at a time, in four lanes that do not wait for one another; what is left goes octet by octet. */
function hashOctets(view: DataView, start: number, end: number, seed: number): number {
  let a = seed | 0;
  let b = a ^ 0x85ebca6b;
  let c = a ^ 0xc2b2ae35;
  let d = a ^ 0x27d4eb2f;
  let at = start;
  for (const last = end - 16; at <= last; at += 16) {
    a = mix(a, view.getInt32(at, true));
    b = mix(b, view.getInt32(at + 4, true));
    c = mix(c, view.getInt32(at + 8, true));
    d = mix(d, view.getInt32(at + 12, true));
  }
  let hash = mix(mix(mix(a, b), c), d);
  for (; at < end; at++) hash = mix(hash, view.getUint8(at));
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Every step can be undone, so that words that differ stay different in their lane. */
function mix(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}

const HEAD = 160;
const TAIL = 32;
const SLOTS = 1 << 14;
/** Mark, seconds, nanoseconds, frame. */
const FIELDS = 4;
/** Nanoseconds. */
const WINDOW = 400e6;
const WINDOW_WITHOUT_ID = 2e6;

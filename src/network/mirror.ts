// Has the capture shown this datagram before? A mirrored port, the `any` interface and captures on both sides of a
// router or a tunnel show one packet several times; an application that sends again sends another packet.
import type { Dissection } from './dissection.ts';
import { hashOctets } from './octet-hash.ts';

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
    if (seen[slot] === mark && age <= mirrorWindow(identification)) return seen[slot + 3];
    seen[slot] = mark;
    seen[slot + 1] = seconds;
    seen[slot + 2] = nanoseconds;
    seen[slot + 3] = frame;
    return 0;
  }
}

/** Nanoseconds within which a packet with this IP identification (0: none) may be shown again. */
export function mirrorWindow(identification: number): number {
  return identification === 0 ? WINDOW_WITHOUT_ID : WINDOW;
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

const HEAD = 160;
const TAIL = 32;
const SLOTS = 1 << 14;
/** Mark, seconds, nanoseconds, frame. */
const FIELDS = 4;
/** Nanoseconds. */
const WINDOW = 400e6;
const WINDOW_WITHOUT_ID = 2e6;

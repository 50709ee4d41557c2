// Has the capture shown this datagram before? A mirrored port, the `any` interface and captures on both sides of a
// router or a tunnel show one packet several times; an application that sends again sends another packet.
import type { Dissection } from './dissection.ts';
import { mix, type OctetHash } from './octet-hash.ts';

/**
 * Remembers SIP datagrams for a moment, in a table of fixed size where a newer one takes the place of an older.
 * The same addresses, ports, octets and (non-zero) IP identification within 400 ms are the same packet: a SIP
 * retransmission comes after 500 ms at the earliest (RFC 3261 §17.1.1.1, T1), and with an identification of its own.
 * Without an identification (IPv6, or 0 as RFC 6864 §4.1 allows) only 2 ms are allowed.
 * Time to live and link layer are not looked at: they change from hop to hop, the packet is the same.
 */
export class MirrorTable {
  /** Of the datagram that was asked about last: the hash of all of its octets, or a sample of them. */
  octets = 0;
  isWhole = false;
  /** Made with the first datagram. */
  private seen: Float64Array = NOTHING;
  private slot = 0;
  private readonly hash: OctetHash;

  constructor(hash: OctetHash) {
    this.hash = hash;
  }

  /**
   * Number of the packet that the datagram `d.data[d.at, d.end)`, whose UDP header is right before it, was first
   * seen in, or 0. Remembers it as that of `frame`.
   */
  seenBefore(d: Dissection, frame: number): number {
    if (this.seen === NOTHING) this.seen = new Float64Array(SLOTS * FIELDS);
    const { seen, hash } = this;
    const { data, identification } = d;
    const { seconds, nanoseconds } = d.packet;
    this.isWhole = identification === 0;
    this.octets = this.isWhole ? hash.whole(data, d.at, d.end, d.end - d.at) : hash.sample(data, d.at, d.end);
    // With an identification a sample is enough, as the UDP checksum stands for the rest.
    const octets = this.isWhole ? this.octets : mix(this.octets, (data[d.at - 2] << 8) | data[d.at - 1]);
    const addressesEnd = d.addressAt + (d.version === 6 ? 32 : 8);
    const addresses = hash.whole(data, d.addressAt, addressesEnd, identification);
    const flow = hash.whole(data, d.at - 8, d.at - 4, addresses);
    // One number of 53 bits: all of the octets' hash, and 21 bits of the flow's.
    const mark = (octets >>> 0) * 0x200000 + (flow >>> 11);
    const slot = ((octets ^ flow) & (SLOTS - 1)) * FIELDS;
    this.slot = slot;
    const age = Math.abs((seconds - seen[slot + 1]) * 1e9 + (nanoseconds - seen[slot + 2]));
    if (seen[slot] === mark && age <= mirrorWindow(identification)) return seen[slot + 3];
    seen[slot] = mark;
    seen[slot + 1] = seconds;
    seen[slot + 2] = nanoseconds;
    seen[slot + 3] = frame;
    return 0;
  }

  /** The datagram asked about last was seen before all the same, in another form: in the packet `frame`. */
  firstSeenIn(frame: number): void {
    this.seen[this.slot + 3] = frame;
  }
}

/** Nanoseconds within which a packet with this IP identification (0: none) may be shown again. */
export function mirrorWindow(identification: number): number {
  return identification === 0 ? WINDOW_WITHOUT_ID : WINDOW;
}

const NOTHING = new Float64Array(0);
const SLOTS = 1 << 14;
/** Mark, seconds, nanoseconds, frame. */
const FIELDS = 4;
/** Nanoseconds. */
const WINDOW = 400e6;
const WINDOW_WITHOUT_ID = 2e6;

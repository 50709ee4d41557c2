// One IP packet of which not all fragments are there yet. Where fragments overlap, the octets that came first stay.
// Rules: RFC 791 §3.2 (reassembly), RFC 8200 §4.5, RFC 5722 (overlaps are suspect: they are told apart here, and said).
import type { Dissection } from '../dissection.ts';

export class PartialDatagram {
  readonly key: string;
  readonly version: number;
  readonly identification: number;
  /** Of the first fragment (offset 0), which alone says it for IPv6; -1 before. */
  protocol = -1;
  /** The addresses' header in the first 40 octets (IPv4's 20 at 20), then the payload as far as it came. */
  octets: Buffer;
  readonly frames: number[] = [];
  /** The time of its first packet, which its age counts from, and of its first fragment. */
  readonly since: number;
  seconds: number;
  nanoseconds: number;
  tunnel: string | null;
  /** Fragments disagree about octets. */
  conflicting = false;
  /** Length of the payload, once the last fragment came. */
  private length = -1;
  /** Where the first octet is that the capture cut off. */
  private cutAt = Number.MAX_SAFE_INTEGER;
  /** What is there: from, to, from, to … ascending, never touching. */
  private ranges: number[] = [];

  constructor(key: string, d: Dissection) {
    this.key = key;
    this.version = d.version;
    this.identification = d.identification;
    this.since = this.seconds = d.packet.seconds;
    this.nanoseconds = d.packet.nanoseconds;
    this.tunnel = d.tunnels.text;
    this.octets = Buffer.allocUnsafeSlow(HEADER + 2048);
    const size = d.version === 6 ? 40 : 20;
    d.data.copy(this.octets, HEADER - size, d.ipAt, d.ipAt + size);
  }

  /** Takes the fragment's octets over; false when it cannot belong: it lies beyond the end, or ends elsewhere than the last. */
  add(d: Dissection): boolean {
    const from = d.fragmentOffset;
    const to = from + (d.wireEnd - d.at);
    if (!this.fits(d, from, to)) return false;
    if (!d.moreFragments) this.length = to;
    if (from === 0 && this.protocol < 0) this.begin(d);
    this.reserve(to);
    const captured = d.end - d.at;
    if (from + captured < to) this.cutAt = Math.min(this.cutAt, from + captured);
    this.copy(d.data, d.at - from, from, from + captured);
    this.cover(from, to);
    if (d.frames === null) this.frames.push(d.packet.frame);
    else this.frames.push(...d.frames);
    return true;
  }

  get complete(): boolean {
    return (
      this.length >= 0 && this.ranges.length === 2 && this.ranges[0] === 0 && this.ranges[1] === this.length
    );
  }

  /** All octets of the fragment are there already, and are the same. */
  holds(d: Dissection): boolean {
    const to = d.fragmentOffset + (d.end - d.at);
    if (!this.complete || to > this.length || to > this.cutAt) return false;
    return d.data.compare(this.octets, HEADER + d.fragmentOffset, HEADER + to, d.at, d.end) === 0;
  }

  /** Sets `d` to the payload, or to as much of it as there is from its beginning on. */
  open(d: Dissection): void {
    const contiguous = this.ranges[0] === 0 ? this.ranges[1] : 0;
    d.data = this.octets;
    d.transportAt = -1;
    d.version = this.version;
    d.identification = this.identification;
    d.protocol = this.protocol;
    d.ipAt = this.version === 6 ? 0 : HEADER - 20;
    d.addressAt = this.version === 6 ? 8 : HEADER - 8;
    d.at = HEADER;
    d.end = HEADER + Math.min(contiguous, this.cutAt);
    d.wireEnd = this.complete ? HEADER + this.length : Math.max(d.end + 1, HEADER + this.length);
    d.frames = this.frames.sort((a, b) => a - b);
  }

  private fits(d: Dissection, from: number, to: number): boolean {
    // RFC 8200 §4.5: only the last fragment may have a length that is no multiple of 8; and 65,535 is the most.
    if (to <= from || to > 65_535 || (d.moreFragments && ((to - from) & 7) !== 0)) return false;
    if (this.length >= 0) return d.moreFragments ? to <= this.length : to === this.length;
    return d.moreFragments || this.ranges.length === 0 || this.ranges[this.ranges.length - 1] <= to;
  }

  private begin(d: Dissection): void {
    this.protocol = d.protocol;
    this.seconds = d.packet.seconds;
    this.nanoseconds = d.packet.nanoseconds;
  }

  private reserve(to: number): void {
    if (HEADER + to <= this.octets.length) return;
    const wider = Buffer.allocUnsafeSlow(HEADER + Math.min(65_535, Math.max(to, 2 * this.octets.length)));
    this.octets.copy(wider);
    this.octets = wider;
  }

  /** Octets `[from, to)` of the payload, found at `data[origin + from]`: only those that are not there yet. */
  private copy(data: Buffer, origin: number, from: number, to: number): void {
    let at = from;
    for (let i = 0; i < this.ranges.length && at < to; i += 2) {
      const start = Math.max(at, this.ranges[i]);
      const stop = Math.min(to, this.ranges[i + 1]);
      if (stop <= start) continue;
      data.copy(this.octets, HEADER + at, origin + at, origin + start);
      // What the capture cut off was never copied, so cannot disagree.
      const known = Math.min(stop, Math.max(start, this.cutAt));
      if (data.compare(this.octets, HEADER + start, HEADER + known, origin + start, origin + known) !== 0) {
        this.conflicting = true;
      }
      at = stop;
    }
    if (at < to) data.copy(this.octets, HEADER + at, origin + at, origin + to);
  }

  private cover(from: number, to: number): void {
    const merged: number[] = [];
    let low = from;
    let high = to;
    let placed = false;
    for (let i = 0; i < this.ranges.length; i += 2) {
      const start = this.ranges[i];
      const stop = this.ranges[i + 1];
      if (stop < low) merged.push(start, stop);
      else if (start > high) {
        if (!placed) merged.push(low, high);
        placed = true;
        merged.push(start, stop);
      } else {
        low = Math.min(low, start);
        high = Math.max(high, stop);
      }
    }
    if (!placed) merged.push(low, high);
    this.ranges = merged;
  }
}

/** Where in the octets of a datagram that was joined its payload begins. */
export const JOINED_AT = 40;
const HEADER = JOINED_AT;

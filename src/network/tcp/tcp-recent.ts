// The newest segments of a SIP direction, so that one seen again can be told: a duplicate made by the capture (the same
// packet), a retransmission (the same octets in another packet), or one whose octets differ.
import { type RecentRow, RecentRows } from './tcp-recent-rows.ts';
import type { TcpSegment } from './tcp-segment.ts';

/** What a segment that was seen before is. */
export const AGAIN = { retransmission: 0, duplicate: 1, differs: 2 } as const;
export type Again = (typeof AGAIN)[keyof typeof AGAIN];

/** Octets of the newest segments of all SIP directions, in one ring: the older half of them is overwritten first. */
export class OctetHistory {
  /** Where each direction notes its segments. */
  readonly rows = new RecentRows(REMEMBERED * FIELDS);
  /** And as long as there are few. */
  readonly shortRows = new RecentRows(FEW * FIELDS);
  /** Made with the first octets. */
  private ring: Buffer | null = null;
  private readonly size: number;
  /** Octets ever written, the unused ends of the ring included. */
  private written = 0;

  constructor(size: number) {
    this.size = size;
  }

  /** Copies octets in; gives where they are, for `same`. */
  write(data: Buffer, from: number, to: number): number {
    const { size } = this;
    if (to - from > size) return -1;
    this.ring ??= Buffer.allocUnsafe(size);
    const left = size - (this.written % size);
    if (left < to - from) this.written += left;
    const position = this.written;
    data.copy(this.ring, position % size, from, to);
    this.written += to - from;
    return position;
  }

  /** False only when the octets are still there, and differ. */
  same(position: number, data: Buffer, from: number, to: number): boolean {
    if (position < 0 || this.ring === null || this.written - position > this.size) return true;
    const at = position % this.size;
    return data.compare(this.ring, at, at + to - from, from, to) === 0;
  }
}

export class RecentSegments {
  /** The packet that was first, after `seenAgain` found one; else 0. */
  original = 0;

  private row: RecentRow;
  /** Segments that the row has room for. */
  private room = FEW;
  private written = 0;
  private readonly history: OctetHistory;

  constructor(history: OctetHistory) {
    this.history = history;
    this.row = history.shortRows.take();
  }

  /** Nothing is asked of it any more. */
  release(): void {
    const { rows, shortRows } = this.history;
    (this.room === FEW ? shortRows : rows).giveBack(this.row);
  }

  note(segment: TcpSegment, mark: number): void {
    if (this.written === FEW) this.extend();
    const { fields, at } = this.row;
    const { seq, data, from, to, frame, seconds } = segment;
    const base = at + (this.written++ & (this.room - 1)) * FIELDS;
    fields[base] = seq;
    fields[base + 1] = to - from;
    fields[base + 2] = mark;
    fields[base + 3] = frame;
    fields[base + 4] = seconds;
    fields[base + 5] = this.history.write(data, from, to);
  }

  /** Whether a segment of just these octets was seen. */
  has(seq: number, length: number): boolean {
    const { fields, at } = this.row;
    const end = at + Math.min(this.written, this.room) * FIELDS;
    for (let base = at; base < end; base += FIELDS) {
      if (fields[base] === seq && fields[base + 1] === length) return true;
    }
    return false;
  }

  /** What a segment is whose octets have all been seen, or some of them. */
  seenAgain(segment: TcpSegment, mark: number): Again {
    const { fields, at } = this.row;
    const { seq, data, from, to, seconds } = segment;
    const length = to - from;
    const known = Math.min(this.written, this.room);
    this.original = 0;
    let again: Again = AGAIN.retransmission;
    for (let entry = 0; entry < known; entry++) {
      const base = at + entry * FIELDS;
      const shift = (fields[base] - seq) | 0;
      const start = Math.max(0, shift);
      const end = Math.min(length, shift + fields[base + 1]);
      if (start >= end) continue;
      const position = fields[base + 5];
      if (!this.history.same(position < 0 ? -1 : position + start - shift, data, from + start, from + end)) {
        this.original = fields[base + 3];
        return AGAIN.differs;
      }
      if (shift !== 0 || length !== fields[base + 1] || mark !== fields[base + 2]) continue;
      if (mark >= NO_ID && Math.abs(seconds - fields[base + 4]) > 1) continue;
      this.original = fields[base + 3];
      again = AGAIN.duplicate;
    }
    return again;
  }

  /** A longer row; most connections of SIP are over before they need one. */
  private extend(): void {
    const { rows, shortRows } = this.history;
    const { row } = this;
    this.row = rows.take();
    this.room = REMEMBERED;
    this.row.fields.set(row.fields.subarray(row.at, row.at + FEW * FIELDS), this.row.at);
    shortRows.giveBack(row);
  }
}

/**
 * What makes a packet the same packet: the IP identification (RFC 6864 §4.1 lets atomic datagrams have any, and many
 * send 0); where there is none, the checksum and acknowledgment of the TCP header, which then must be close in time.
 */
export function packetMark(ipId: number, checksum: number, acknowledgment: number): number {
  return ipId > 0 ? ipId : NO_ID + checksum * 0x1_0000_0000 + (acknowledgment >>> 0);
}

const NO_ID = 0x1_0000;
const REMEMBERED = 8;
const FEW = 4;
const FIELDS = 6;

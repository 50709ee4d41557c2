// RTP packets of one source from one address to another → how many there were, how many got lost on the way here, and how
// evenly they came. RFC 3550 §6.4.1 and §A.1, §A.3, §A.8.
import { millisecondsBetween, type Timestamp } from '../../capture/timestamp.ts';
import type { Endpoint } from '../../network/endpoint.ts';
import type { RtpPacket } from '../../network/rtp-packet.ts';

/** What a payload type stands for: `PCMU/8000`; '' where nothing tells. */
export type CodecOf = (payloadType: number) => string;

export class RtpStream {
  readonly src: Endpoint;
  readonly dst: Endpoint;
  readonly ssrc: number;
  /** Of the first packet, and of the last. */
  readonly frame: number;
  readonly first: Timestamp;
  lastFrame: number;
  last: Timestamp;
  packets = 0;
  /** Packets by payload type. */
  readonly payloadTypes = new Map<number, number>();
  private readonly codecOf: CodecOf;
  /** Sequence numbers, counted on where 16 bits end; and how many packets were expected before they began anew. */
  private lowest: number;
  private highest: number;
  private before = 0;
  private type = -1;
  private clock = Number.NaN;
  private transit = Number.NaN;
  private running = 0;
  private sum = 0;
  private measured = 0;

  constructor(packet: RtpPacket, codecOf: CodecOf) {
    this.src = packet.src;
    this.dst = packet.dst;
    this.ssrc = packet.ssrc;
    this.frame = packet.frame;
    this.lastFrame = packet.frame;
    this.first = timeOf(packet);
    this.last = this.first;
    this.codecOf = codecOf;
    this.lowest = packet.sequence;
    this.highest = packet.sequence;
  }

  /** Each packet, the first one too. */
  add(packet: RtpPacket): void {
    const { payloadType, sequence } = packet;
    this.packets++;
    this.lastFrame = packet.frame;
    this.last = timeOf(packet);
    this.payloadTypes.set(payloadType, (this.payloadTypes.get(payloadType) ?? 0) + 1);
    this.count(sequence);
    this.measure(packet);
  }

  /** RFC 3550 §A.3: packets expected less packets seen; what came twice may hide what never came. */
  get lost(): number {
    return Math.max(0, this.before + this.highest - this.lowest + 1 - this.packets);
  }

  /** Mean of the interarrival jitter in milliseconds; null where no clock rate is known. */
  get jitter(): number | null {
    return this.measured === 0 ? null : this.sum / this.measured;
  }

  get milliseconds(): number {
    return millisecondsBetween(this.first, this.last);
  }

  /** Codecs, those of most packets first; payload types that nothing explains as numbers. */
  get codecs(): string[] {
    const types = [...this.payloadTypes].sort(([, a], [, b]) => b - a).map(([type]) => type);
    return [...new Set(types.map((type) => this.codecOf(type) || `payload type ${type}`))];
  }

  // RFC 3550 §A.1: a number a little below the highest is late; one that is far off is a new beginning.
  private count(sequence: number): void {
    const ahead = ((sequence - this.highest + 0x8000) & 0xffff) - 0x8000;
    if (ahead > MOST_MISSING || ahead < -MOST_MISORDERED) {
      this.before += this.highest - this.lowest + 1;
      this.lowest = sequence;
      this.highest = sequence;
      return;
    }
    const extended = this.highest + ahead;
    this.highest = Math.max(this.highest, extended);
    this.lowest = Math.min(this.lowest, extended);
  }

  // RFC 3550 §A.8. Of events and comfort noise (RFC 4733 §2.2.1, RFC 3389) the timestamps do not go with the time of sending.
  private measure({ payloadType, timestamp, seconds, nanoseconds }: RtpPacket): void {
    if (payloadType !== this.type) {
      const codec = this.codecOf(payloadType);
      this.type = payloadType;
      this.clock = UNEVEN.test(codec) ? Number.NaN : Number(codec.split('/')[1] ?? Number.NaN);
      this.transit = Number.NaN;
    }
    if (!(this.clock > 0)) return;
    const since = seconds - this.first.seconds + (nanoseconds - this.first.nanoseconds) / 1e9;
    const transit = since * this.clock - timestamp;
    const before = this.transit;
    this.transit = transit;
    if (Number.isNaN(before)) return;
    const difference = Math.abs(transit - before);
    // Timestamps went round, or begin anew.
    if (difference > MOST_JUMP * this.clock) return;
    this.running += (difference / this.clock - this.running) / 16;
    this.sum += this.running * 1000;
    this.measured++;
  }
}

function timeOf({ seconds, nanoseconds }: Timestamp): Timestamp {
  return { seconds, nanoseconds };
}

/** RFC 3550 §A.1. */
const MOST_MISSING = 3000;
const MOST_MISORDERED = 100;
/** Seconds. */
const MOST_JUMP = 10;
const UNEVEN = /^(telephone-event|CN|red)\//i;

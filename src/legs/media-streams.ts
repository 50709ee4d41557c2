// RTP packets in, and of each address by which SSRC it was sent to and from, and when (RFC 3550 §5.1, §8). A relay leaves the SSRC
// of a stream alone, whatever it writes into SIP. Bounded: what was heard of longest ago is forgotten.
import { CapNotice } from '../capture/cap-notice.ts';
import type { DiagnosticSink } from '../capture/diagnostic.ts';
import type { RtpPacket } from '../network/rtp-packet.ts';

/** One SSRC at one address. */
interface Heard {
  readonly ssrc: number;
  /** Packet that it was first seen in. */
  readonly frame: number;
  /** Seconds. */
  readonly first: number;
  last: number;
}

export class MediaStreams {
  private recent = new Map<string, Heard[]>();
  private before: ReadonlyMap<string, Heard[]> = new Map();
  private readonly most: number;
  private readonly notice: CapNotice;

  /** `onCapped` is told once that what was heard of longest ago had to be forgotten. */
  constructor(onCapped?: DiagnosticSink, most = MOST_ADDRESSES) {
    this.most = most;
    const message = `More than ${2 * most} addresses sent or got RTP: those heard of longest ago are forgotten`;
    this.notice = new CapNotice(onCapped, 'legs/media-capped', message);
  }

  /** Nothing was heard at all. */
  get silent(): boolean {
    return this.recent.size === 0;
  }

  packet({ src, dst, ssrc, seconds, nanoseconds, frame }: RtpPacket): void {
    const time = seconds + nanoseconds / 1e9;
    this.hear(src.text, ssrc, time, frame);
    this.hear(dst.text, ssrc, time, frame);
  }

  /** SSRC → packet that showed it, of what these addresses sent and got between two times, in seconds. */
  at(addresses: Iterable<string>, from: number, to: number): ReadonlyMap<number, number> {
    const found = new Map<number, number>();
    for (const address of addresses) {
      for (const map of [this.recent, this.before]) {
        for (const { ssrc, frame, first, last } of map.get(address) ?? [])
          if (last >= from && first <= to && found.size < MOST_FOUND) found.set(ssrc, frame);
      }
    }
    return found;
  }

  private forget(): void {
    if (this.before.size > 0) this.notice.say();
    this.before = this.recent;
    this.recent = new Map();
  }

  private hear(address: string, ssrc: number, time: number, frame: number): void {
    const list = this.recent.get(address);
    if (list === undefined) {
      if (this.recent.size >= this.most) this.forget();
      this.recent.set(address, [{ ssrc, frame, first: time, last: time }]);
      return;
    }
    // Both directions go on at once: the last two are those that go on.
    for (let at = list.length - 1; at >= 0; at--) {
      if (list[at].ssrc !== ssrc) continue;
      list[at].last = time;
      return;
    }
    list.push({ ssrc, frame, first: time, last: time });
    // An address is used again, call after call.
    if (list.length > MOST_STREAMS) list.shift();
  }
}

const MOST_ADDRESSES = 50_000;
const MOST_STREAMS = 8;
const MOST_FOUND = 16;

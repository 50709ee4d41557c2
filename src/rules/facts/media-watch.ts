// What media the capture shows: packets from and to the addresses that session descriptions ask for. Bounded: the address
// asked for longest ago is forgotten first.
import type { MessageInfo } from '../../dialog/call.ts';
import type { PacketSummary } from '../../network/packet-summary.ts';
import { normalHost } from '../../policy/address-range.ts';
import { scanMedia } from '../../sdp/scan.ts';
import type { SipMessage } from '../../sip/message.ts';
import { RecentMap } from './recent-map.ts';

/** Packets of one address while one call had it. */
export class MediaSeen {
  /** Of the call it was asked for in. */
  readonly call: number;
  readonly to = new Traffic();
  readonly from = new Traffic();

  constructor(call: number) {
    this.call = call;
  }
}

export class Traffic {
  packets = 0;
  /** Seconds since the epoch; NaN before the first. */
  first = Number.NaN;
  last = Number.NaN;
  /** Frame of the first. */
  frame = 0;
  /** Other ends, `ip:port`, the first few. */
  readonly others = new Set<string>();

  add(seconds: number, frame: number, other: string): void {
    if (this.packets++ === 0) {
      this.first = seconds;
      this.frame = frame;
    }
    this.last = seconds;
    if (this.others.size < MOST_OTHERS) this.others.add(other);
  }

  /** From the first to the last packet. */
  get milliseconds(): number {
    return this.packets === 0 ? 0 : (this.last - this.first) * 1000;
  }
}

export class MediaWatch {
  /** Packets were shown: without any, nothing can be said of media. */
  active = false;
  private readonly addresses = new RecentMap<string, number>(MOST_KEYS);
  private readonly seen = new RecentMap<string, MediaSeen[]>(MOST_KEYS);

  /** A message as it passes: where it wants media, it is watched. */
  expect(m: SipMessage, info: MessageInfo): void {
    if (m.bodyStart === m.bodyEnd || info.retransmissionOf > 0 || info.duplicateOf > 0) return;
    const body = m.sdpBody();
    if (body === undefined) return;
    for (const { address, port } of scanMedia(m.data, body.start, body.end)) {
      if (!(port > 0) || address === '') continue;
      this.watch(mediaKey(address, port), info.call.id);
    }
  }

  packet({ src, dst, transport, seconds, nanoseconds, frame }: PacketSummary): void {
    this.active = true;
    if (src === null || dst === null) return;
    const time = seconds + nanoseconds / 1e9;
    if (this.addresses.has(src.text)) this.addresses.set(src.text, time);
    if (transport !== 'udp') return;
    this.seen.get(dst.text)?.at(-1)?.to.add(time, frame, src.text);
    this.seen.get(src.text)?.at(-1)?.from.add(time, frame, dst.text);
  }

  /** Notes when an address was last heard of, from here on, whatever it sends. */
  watchAddress(text: string, seconds: number): void {
    this.addresses.delete(text);
    this.addresses.set(text, seconds);
  }

  /** Seconds since the epoch; undefined for an address that is not watched. */
  lastFrom(text: string): number | undefined {
    return this.addresses.get(text);
  }

  /** What an address of a call saw; undefined when the call did not ask for it, or it is forgotten. */
  of(call: number, address: string, port: number): MediaSeen | undefined {
    return this.seen.get(mediaKey(address, port))?.find((one) => one.call === call);
  }

  private watch(key: string, call: number): void {
    let list = this.seen.get(key);
    if (list === undefined) {
      list = [];
      this.seen.set(key, list);
    }
    if (list.at(-1)?.call === call) return;
    list.push(new MediaSeen(call));
    if (list.length > MOST_CALLS) list.shift();
  }
}

/** As endpoints are spelled. */
function mediaKey(address: string, port: number): string {
  return address.includes(':') ? `[${normalHost(address)}]:${port}` : `${address}:${port}`;
}

const MOST_KEYS = 200_000;
/** Ports are used again: calls that are not judged yet may have had the same one. */
const MOST_CALLS = 4;
const MOST_OTHERS = 4;

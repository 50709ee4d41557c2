// What media the capture shows: packets from and to the addresses that session descriptions ask for. Bounded: the address
// asked for longest ago is forgotten first.
import { CapNotice } from '../../capture/cap-notice.ts';
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import type { MessageInfo } from '../../dialog/call.ts';
import type { Endpoint } from '../../network/endpoint.ts';
import type { PacketSummary } from '../../network/packet-summary.ts';
import { scanMedia } from '../../sdp/scan.ts';
import type { SipMessage } from '../../sip/message.ts';
import { type AddressKey, addressKey } from './address-key.ts';
import { RecentMap } from './recent-map.ts';
import { RecentNumbers } from './recent-numbers.ts';

/** Packets of one address while one call had it. */
export interface MediaSeen {
  readonly to: Traffic;
  readonly from: Traffic;
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
  private readonly addresses: RecentMap<string, number>;
  /** Most addresses are asked for by one call and see no packet: of them only the number of that call is kept. */
  private readonly seen: RecentNumbers<number | Asked[]>;
  /** Of addresses that are no four numbers. */
  private readonly others: RecentMap<string, number | Asked[]>;

  /** `onCapped` is told once that what is oldest had to be forgotten. */
  constructor(onCapped?: DiagnosticSink, most = MOST_KEYS) {
    const message = `More than ${most} addresses are watched for media: those asked for longest ago are forgotten`;
    const notice = new CapNotice(onCapped, 'rules/media-capped', message);
    const gone = (): void => notice.say();
    this.addresses = new RecentMap(most, gone);
    this.seen = new RecentNumbers(most, gone);
    this.others = new RecentMap(most, gone);
  }

  /** A message as it passes: where it wants media, it is watched. */
  expect(m: SipMessage, info: MessageInfo): void {
    if (m.bodyStart === m.bodyEnd || info.retransmissionOf > 0 || info.duplicateOf > 0) return;
    const body = m.sdpBody();
    if (body === undefined) return;
    for (const { address, port } of scanMedia(m.data, body.start, body.end)) {
      if (!(port > 0) || address === '') continue;
      this.watch(addressKey(address, port), info.call.id);
    }
  }

  packet({ src, dst, transport, seconds, nanoseconds, frame }: PacketSummary): void {
    this.active = true;
    if (src === null || dst === null) return;
    const time = seconds + nanoseconds / 1e9;
    if (this.addresses.has(src.text)) this.addresses.set(src.text, time);
    if (transport !== 'udp') return;
    const to = this.last(dst);
    if (to !== undefined) {
      to.to ??= new Traffic();
      to.to.add(time, frame, src.text);
    }
    const from = this.last(src);
    if (from !== undefined) {
      from.from ??= new Traffic();
      from.from.add(time, frame, dst.text);
    }
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
    const list = this.asked(addressKey(address, port));
    if (typeof list === 'number') return list === call ? SILENT : undefined;
    const asked = list?.find((one) => one.call === call);
    return asked && { to: asked.to ?? SILENT.to, from: asked.from ?? SILENT.from };
  }

  private watch(key: AddressKey, call: number): void {
    const list = this.asked(key);
    if (list === undefined) this.note(key, call);
    else if (typeof list === 'number') {
      if (list !== call) this.note(key, [asked(list), asked(call)]);
    } else if (list.at(-1)!.call !== call) {
      list.push(asked(call));
      if (list.length > MOST_CALLS) list.shift();
    }
  }

  /** What the call that asked for an address last saw there. */
  private last({ ip, port }: Endpoint): Asked | undefined {
    if (this.seen.size + this.others.size === 0) return undefined;
    const key = addressKey(ip, port);
    const list = this.asked(key);
    if (typeof list !== 'number') return list?.at(-1);
    const one = asked(list);
    this.note(key, [one]);
    return one;
  }

  private asked(key: AddressKey): number | Asked[] | undefined {
    return typeof key === 'number' ? this.seen.get(key) : this.others.get(key);
  }

  private note(key: AddressKey, list: number | Asked[]): void {
    if (typeof key === 'number') this.seen.set(key, list);
    else this.others.set(key, list);
  }
}

/** One call's; null as long as no packet came. */
interface Asked {
  readonly call: number;
  to: Traffic | null;
  from: Traffic | null;
}

function asked(call: number): Asked {
  return { call, to: null, from: null };
}

const SILENT: MediaSeen = { to: new Traffic(), from: new Traffic() };
const MOST_KEYS = 200_000;
/** Ports are used again: calls that are not judged yet may have had the same one. */
const MOST_CALLS = 4;
const MOST_OTHERS = 4;

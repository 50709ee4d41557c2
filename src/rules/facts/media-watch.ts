// What media the capture shows: packets from and to the addresses that session descriptions ask for. Bounded: the address
// asked for longest ago is forgotten first.
import { CapNotice } from '../../capture/cap-notice.ts';
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import type { MessageInfo } from '../../dialog/call.ts';
import type { Endpoint } from '../../network/endpoint.ts';
import type { PacketSummary } from '../../network/packet-summary.ts';
import { eachMediaAddress } from '../../sdp/scan.ts';
import type { SipMessage } from '../../sip/message.ts';
import { type AddressKey, addressKey } from './address-key.ts';
import { RecentMap } from './recent-map.ts';
import { RecentNumbers } from './recent-numbers.ts';

const NO_OTHERS: readonly string[] = [];

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
  others: readonly string[] = NO_OTHERS;

  add(seconds: number, frame: number, other: string): void {
    if (this.packets++ === 0) {
      this.first = seconds;
      this.frame = frame;
    }
    this.last = seconds;
    if (this.others.length < MOST_OTHERS && !this.others.includes(other))
      this.others = this.others.concat(other);
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
  /** The calls that asked for an address, the last one last: one alone, or a list of them. */
  private readonly seen: RecentNumbers<Asker | Asker[]>;
  /** Of addresses that are no four numbers. */
  private readonly others: RecentMap<string, Asker | Asker[]>;
  /** Calls of which nobody asks any more, since their addresses were let go of last. */
  private over = new Set<number>();

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
    const { id } = info.call;
    eachMediaAddress(m.data, body.start, body.end, (address, port) => {
      if (port > 0 && address !== '') this.watch(addressKey(address, port), id);
    });
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
    const list = this.askers(addressKey(address, port));
    const one = Array.isArray(list) ? list.find((asker) => callOf(asker) === call) : list;
    if (one === undefined || callOf(one) !== call) return undefined;
    return typeof one === 'number' ? SILENT : { to: one.to ?? SILENT.to, from: one.from ?? SILENT.from };
  }

  /** Nobody will ask what an address of this call saw. */
  letGo(call: number): void {
    this.over.add(call);
    if (this.over.size < ENOUGH) return;
    const { over } = this;
    this.over = new Set();
    this.seen.update((list) => without(list, over));
    for (const [address, list] of this.others) {
      const left = without(list, over);
      if (left === undefined) this.others.delete(address);
      else this.others.set(address, left);
    }
  }

  private watch(key: AddressKey, call: number): void {
    const list = this.askers(key);
    if (list === undefined) this.note(key, call);
    else if (!Array.isArray(list)) {
      if (callOf(list) !== call) this.note(key, [list, call]);
    } else if (callOf(list[list.length - 1]) !== call)
      this.note(key, list.slice(1 - MOST_CALLS).concat(call));
  }

  /** What the call that asked for an address last saw there. */
  private last({ ip, port }: Endpoint): Asked | undefined {
    if (this.seen.size + this.others.size === 0) return undefined;
    const key = addressKey(ip, port);
    const list = this.askers(key);
    if (list === undefined) return undefined;
    const last = Array.isArray(list) ? list[list.length - 1] : list;
    if (typeof last !== 'number') return last;
    const asked: Asked = { call: last, to: null, from: null };
    this.note(key, Array.isArray(list) ? list.slice(0, -1).concat(asked) : asked);
    return asked;
  }

  private askers(key: AddressKey): Asker | Asker[] | undefined {
    return typeof key === 'number' ? this.seen.get(key) : this.others.get(key);
  }

  private note(key: AddressKey, list: Asker | Asker[]): void {
    if (typeof key === 'number') this.seen.set(key, list);
    else this.others.set(key, list);
  }
}

/** A call by its number, as long as no packet came for it. */
type Asker = number | Asked;

/** null as long as no packet came. */
interface Asked {
  readonly call: number;
  to: Traffic | null;
  from: Traffic | null;
}

/** Undefined where all of them are over. The last one keeps its place: packets are not those of a call before it. */
function without(list: Asker | Asker[], over: ReadonlySet<number>): Asker | Asker[] | undefined {
  if (!Array.isArray(list)) return over.has(callOf(list)) ? undefined : list;
  const left = list.filter((asker) => !over.has(callOf(asker)));
  if (left.length === list.length) return list;
  const last = list[list.length - 1];
  if (left.length === 0 || (left.length === 1 && left[0] === NO_CALL)) return undefined;
  return over.has(callOf(last)) ? left.concat(NO_CALL) : left;
}

function callOf(asker: Asker): number {
  return typeof asker === 'number' ? asker : asker.call;
}

const SILENT: MediaSeen = { to: new Traffic(), from: new Traffic() };
/** Stands for one that is over. */
const NO_CALL = -1;
const ENOUGH = 8192;
const MOST_KEYS = 200_000;
/** Ports are used again: calls that are not judged yet may have had the same one. */
const MOST_CALLS = 4;
const MOST_OTHERS = 4;

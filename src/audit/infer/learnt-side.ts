// One address of a box as the traffic shows it: who is on its other side, and what the box did with what came in there.
import type { Endpoint } from '../../network/endpoint.ts';
import { type AddressRange, parseRange } from '../../policy/address-range.ts';
import { formatNextHop } from '../../policy/host-address.ts';
import type { Adjacency, TransportName } from '../../policy/policy.ts';

/** Calls that speak for something, and against it, with the packets of the first. */
export class Votes {
  yes = 0;
  no = 0;
  readonly frames: number[] = [];

  add(isYes: boolean, frame: number): void {
    if (isYes) this.yes++;
    else this.no++;
    if (this.frames.length < SHOWN) this.frames.push(frame);
  }

  get count(): number {
    return this.yes + this.no;
  }

  /** Null without a vote, and where they are divided. */
  get verdict(): boolean | null {
    if (this.count === 0) return null;
    if (this.yes >= AGREED * this.count) return true;
    return this.no >= AGREED * this.count ? false : null;
  }

  /** `12 of 12 calls, packets 1, 9, 17`. */
  get text(): string {
    const most = Math.max(this.yes, this.no);
    const packets = `packet${this.frames.length === 1 ? '' : 's'} ${this.frames.join(', ')}`;
    return `${most} of ${this.count} ${this.count === 1 ? 'call' : 'calls'}, ${packets}`;
  }
}

export class LearntSide {
  readonly ip: string;
  /** Where it listens. */
  readonly port: number;
  readonly transports = new Set<TransportName>();
  readonly peers = new Map<string, number>();
  /** Pairs of legs that came in here, and that went out. */
  inbound = 0;
  outbound = 0;
  readonly passthrough = new Votes();
  readonly callerPrivacy = new Votes();
  readonly calleePrivacy = new Votes();
  readonly rewritesRegister = new Votes();

  constructor(ip: string, port: number) {
    this.ip = ip;
    this.port = port;
  }

  /** `192.0.2.1:5060` */
  get text(): string {
    return formatNextHop({ host: this.ip, port: this.port, transport: null });
  }

  see(peer: Endpoint, transport: TransportName): void {
    this.transports.add(transport);
    if (this.peers.has(peer.ip) || this.peers.size < MOST_PEERS)
      this.peers.set(peer.ip, (this.peers.get(peer.ip) ?? 0) + 1);
  }

  adjacency(name: string): Adjacency {
    const { ip, port } = this;
    const [only] = this.transports;
    return {
      name,
      account: null,
      local: [{ host: ip, port, transport: this.transports.size === 1 ? only! : null }],
      peers: rangesOf([...this.peers.keys()]),
      nextHops: [],
      recordRouteUri: null,
      recordRoutePassthrough: this.passthrough.verdict,
      topologyHiding: null,
      registeredSubscribers: this.rewritesRegister.count > 0,
      rewriteRegister: this.rewritesRegister.verdict,
      trusted: null,
      h323: false,
      tls: null,
    };
  }
}

/** The addresses themselves while they are few, else the networks they are in; none where even those are many. */
function rangesOf(ips: readonly string[]): AddressRange[] {
  const plain = [...ips].sort();
  if (plain.length <= FEW) return plain.flatMap((ip) => parseRange(ip) ?? []);
  const networks = new Map<string, AddressRange>();
  for (const ip of plain) {
    const range = parseRange(`${ip}/${ip.includes(':') ? 64 : 24}`);
    if (range !== undefined) networks.set(range.text, range);
  }
  return networks.size <= FEW ? [...networks.values()] : [];
}

/** Share of the calls that must agree. */
const AGREED = 0.9;
const SHOWN = 3;
const FEW = 8;
const MOST_PEERS = 10_000;

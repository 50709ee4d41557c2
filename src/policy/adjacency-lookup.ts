// Addresses of packets and hosts of URIs → the adjacency they belong to. Asked for every message of an audit: maps, and the
// answer for a peer is kept.
import { normalHost } from './address-range.ts';
import type { Adjacency, Policy, TransportName } from './policy.ts';

export class Adjacencies {
  readonly #list: readonly Adjacency[];
  readonly #byName = new Map<string, Adjacency>();
  readonly #byAddress = new Map<string, Adjacency[]>();
  readonly #byHost = new Map<string, Set<Adjacency>>();
  /** Answers of between(), bounded: peers come from the wire. */
  #known = new Map<string, Adjacency | undefined>();

  constructor(policy: Policy) {
    this.#list = policy.adjacencies;
    for (const adjacency of policy.adjacencies) {
      this.#byName.set(adjacency.name, adjacency);
      for (const { host, port } of adjacency.local) {
        const key = keyOf(host, port);
        const there = this.#byAddress.get(key);
        if (there === undefined) this.#byAddress.set(key, [adjacency]);
        else if (!there.includes(adjacency)) there.push(adjacency);
        const owners = this.#byHost.get(host);
        if (owners === undefined) this.#byHost.set(host, new Set([adjacency]));
        else owners.add(adjacency);
      }
    }
  }

  /** In the order of the policy. */
  get all(): readonly Adjacency[] {
    return this.#list;
  }

  named(name: string): Adjacency | undefined {
    return this.#byName.get(name);
  }

  /** The adjacency at a local address; the first of several. `transport` undefined: whichever. */
  local(ip: string, port: number, transport?: TransportName): Adjacency | undefined {
    return this.#at(ip, port, transport)[0];
  }

  /** L*: whether a host (IP address with or without brackets, or name) is the SBC's own. */
  isLocalHost(host: string): boolean {
    return this.#byHost.has(host) || this.#byHost.has(normalHost(host));
  }

  /** L(A): whether a host is one of this adjacency's. */
  ownedBy(host: string, adjacency: Adjacency): boolean {
    const owners = this.#byHost.get(host) ?? this.#byHost.get(normalHost(host));
    return owners?.has(adjacency) === true;
  }

  /**
   * The adjacency of a packet between the SBC and a peer. Where several share the local address the narrowest range that
   * has the peer decides, then one without ranges; undefined when the local address is none of the SBC's, or the peer is
   * none of theirs.
   */
  between(
    localIp: string,
    localPort: number,
    peerIp: string,
    transport?: TransportName,
  ): Adjacency | undefined {
    const key = `${localIp} ${localPort} ${peerIp} ${transport ?? ''}`;
    if (this.#known.has(key)) return this.#known.get(key);
    const found = narrowest(this.#at(localIp, localPort, transport), peerIp);
    if (this.#known.size >= KNOWN) this.#known = new Map();
    this.#known.set(key, found);
    return found;
  }

  #at(ip: string, port: number, transport: TransportName | undefined): readonly Adjacency[] {
    const there = this.#byAddress.get(keyOf(ip, port)) ?? this.#byAddress.get(keyOf(normalHost(ip), port));
    if (there === undefined) return NONE;
    if (transport === undefined) return there;
    const host = normalHost(ip);
    return there.filter((adjacency) =>
      adjacency.local.some(
        (local) =>
          local.host === host &&
          local.port === port &&
          (local.transport === null || local.transport === transport),
      ),
    );
  }
}

function narrowest(adjacencies: readonly Adjacency[], peerIp: string): Adjacency | undefined {
  let best: Adjacency | undefined;
  let bits = -1;
  for (const adjacency of adjacencies) {
    if (adjacency.peers.length === 0) best ??= adjacency;
    for (const range of adjacency.peers) {
      if (range.bits > bits && range.has(peerIp)) {
        best = adjacency;
        bits = range.bits;
      }
    }
  }
  return best;
}

function keyOf(host: string, port: number): string {
  return `${host} ${port}`;
}

const NONE: readonly Adjacency[] = [];
const KNOWN = 4096;

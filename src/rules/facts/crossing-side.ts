// One side of the box in a crossing: its hop, its adjacency, and what the box calls itself there (L(A), L(B) of rules.md §0).
import type { Endpoint } from '../../network/endpoint.ts';
import { normalHost } from '../../policy/address-range.ts';
import type { Adjacencies } from '../../policy/adjacency-lookup.ts';
import { transportNamed } from '../../policy/host-address.ts';
import type { Adjacency } from '../../policy/policy.ts';
import { parseUri, type SipUri } from '../../sip/uri/uri.ts';
import type { LegFacts } from './leg-facts.ts';
import type { MessageFacts } from './message-facts.ts';

export class Side {
  readonly leg: LegFacts;
  /** The box's address at this hop, and its peer's. */
  readonly box: Endpoint;
  readonly peer: Endpoint;
  /** Undefined where the policy knows none. */
  readonly adjacency: Adjacency | undefined;

  private readonly adjacencies: Adjacencies;
  private ownHosts: ReadonlySet<string> | undefined = undefined;

  /** `near`: the side where the box received the first request. */
  constructor(leg: LegFacts, near: boolean, adjacencies: Adjacencies) {
    const { from, to, events } = leg.leg;
    this.leg = leg;
    this.adjacencies = adjacencies;
    this.box = near ? to : from;
    this.peer = near ? from : to;
    this.adjacency = adjacencyAt(adjacencies, this.box, this.peer, events[0]!.message.transport);
  }

  /** Its name in the policy, else the box's address. */
  get name(): string {
    return this.adjacency?.name ?? this.box.text;
  }

  /** Whether the box received it here; else it sent it. */
  received({ sip }: MessageFacts): boolean {
    const { box, peer } = this;
    if (box.ip !== peer.ip) return sip.dst.ip === box.ip;
    return sip.dst.text === box.text || sip.src.text === peer.text;
  }

  /** Whether a host is one of the box's own on this side. */
  owns(host: string): boolean {
    if (host === '') return false;
    this.ownHosts ??= this.findOwnHosts();
    if (this.ownHosts.has(normalHost(host))) return true;
    return this.adjacency !== undefined && this.adjacencies.ownedBy(host, this.adjacency);
  }

  /** Whether a Record-Route value is the box's for this side: by its configured URI, else by host. */
  names(uri: SipUri): boolean {
    const configured = this.adjacency?.recordRouteUri ?? null;
    if (configured === null) return this.owns(uri.host);
    const own = parseUri(configured);
    return own.user === uri.user && normalHost(own.host) === normalHost(uri.host);
  }

  /** Without a policy: the names it signs its own requests with (RFC 3261 §18.1.1). */
  private findOwnHosts(): ReadonlySet<string> {
    const hosts = new Set([this.box.ip]);
    if (this.adjacency !== undefined) {
      const { recordRouteUri } = this.adjacency;
      if (recordRouteUri !== null) hosts.add(normalHost(parseUri(recordRouteUri).host));
      return hosts;
    }
    for (const message of this.leg.messages) {
      if (!message.isRequest || this.received(message)) continue;
      const top = message.sip.vias[0];
      if (top !== undefined && hosts.size < MAX_HOSTS) hosts.add(normalHost(top.host));
    }
    return hosts;
  }
}

/** A connection of the box's own comes from any port (RFC 3261 §18.1.1): then its address alone decides. */
function adjacencyAt(
  adjacencies: Adjacencies,
  box: Endpoint,
  peer: Endpoint,
  transport: string,
): Adjacency | undefined {
  const exact = adjacencies.between(box.ip, box.port, peer.ip, transportNamed(transport));
  if (exact !== undefined) return exact;
  const there = adjacencies.all.filter((one) => adjacencies.ownedBy(box.ip, one));
  return (
    there.find((one) => one.peers.some((range) => range.has(peer.ip))) ??
    there.find((one) => one.peers.length === 0)
  );
}

const MAX_HOSTS = 8;

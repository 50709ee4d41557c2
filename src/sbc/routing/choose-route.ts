// A request outside a dialog → the adjacency it leaves on, and where to (issue of the policy's `routes`; registered
// subscribers by their binding).

import { anyHas } from '../../policy/address-range.ts';
import { matchesParty } from '../../policy/cac-privacy.ts';
import type { Adjacency, Route } from '../../policy/policy.ts';
import type { SipMessage } from '../../sip/message.ts';
import { parseUri, type SipUri } from '../../sip/uri/uri.ts';
import { isReliable } from '../flow.ts';
import type { Parts } from '../parts.ts';
import { addressOfRecord, type Binding, type BindingTable } from '../registration/binding-table.ts';
import type { Place } from '../relay/forwarding.ts';
import { hopOfRoute, hopOfUri } from './next-hop.ts';

export interface ChosenRoute {
  readonly adjacency: Adjacency;
  readonly places: readonly Place[];
  /** The subscriber it goes to. */
  readonly binding: Binding | null;
  /** URI of who is meant where it is known; '' else. */
  readonly target: string;
}

/** undefined: nowhere to send it. */
export function chooseRoute(parts: Parts, inbound: Adjacency, request: SipMessage): ChosenRoute | undefined {
  const binding = boundSubscriber(parts.bindings, parts, inbound, request.uri);
  if (binding !== undefined)
    return {
      adjacency: binding.subscriber,
      places: placesOf(parts, binding),
      binding,
      target: binding.contact,
    };
  const { policy, adjacencies } = parts.configured;
  const isOwn = adjacencies.isLocalHost(request.uri.host);
  for (const route of policy.routes) {
    if (!matches(route, inbound, request)) continue;
    const adjacency = adjacencies.named(route.adjacency);
    if (adjacency === undefined) continue;
    const hops = route.nextHops.length > 0 ? route.nextHops : adjacency.nextHops;
    const places = hops.length > 0 ? hops : hopsOfUri(request.uri, isOwn);
    if (places.length > 0) return { adjacency, places, binding: null, target: '' };
  }
  if (policy.routes.length > 0) return undefined;
  return withoutRoutes(parts, inbound, request.uri, isOwn);
}

/** No routes are configured: to the other adjacency, or to the one whose peers the Request-URI names. */
function withoutRoutes(
  parts: Parts,
  inbound: Adjacency,
  uri: SipUri,
  isOwn: boolean,
): ChosenRoute | undefined {
  const others = parts.configured.adjacencies.all.filter((adjacency) => adjacency !== inbound);
  const named = isOwn ? undefined : others.find((adjacency) => anyHas(adjacency.peers, uri.host));
  if (named !== undefined)
    return { adjacency: named, places: hopsOfUri(uri, false), binding: null, target: '' };
  const ready = others.filter(({ nextHops }) => nextHops.length > 0);
  if (ready.length === 1)
    return { adjacency: ready[0], places: ready[0].nextHops, binding: null, target: '' };
  return undefined;
}

function matches(route: Route, inbound: Adjacency, request: SipMessage): boolean {
  const { inboundAdjacency, requestUri, to } = route.match;
  if (inboundAdjacency !== null && inboundAdjacency !== inbound.name) return false;
  if (requestUri !== null && !matchesParty(requestUri, request.uri.address)) return false;
  return to === null || matchesParty(to, request.to?.uri.address ?? '');
}

function hopsOfUri(uri: SipUri, isOwn: boolean): readonly Place[] {
  const hop = isOwn ? undefined : hopOfUri(uri);
  return hop === undefined ? [] : [hop];
}

/** The Contact that the SBC published for a subscriber, or his address of record from where he is registered. */
function boundSubscriber(
  bindings: BindingTable,
  parts: Parts,
  inbound: Adjacency,
  uri: SipUri,
): Binding | undefined {
  if (bindings.size === 0) return undefined;
  if (parts.configured.adjacencies.isLocalHost(uri.host)) {
    const published = bindings.published(uri.user);
    if (published !== undefined) return published;
  }
  return bindings.of(addressOfRecord(uri)).find(({ registrar }) => registrar === inbound);
}

/**
 * RFC 3327 §5.3: by the Path that the REGISTER came; else over the flow it came (RFC 5626 §5.3, RFC 3581 for NAT). A connection that
 * is closed, as all are that were there before a restart, leads nowhere: its far port was the system's choice (RFC 3261 §18.1.1).
 */
export function placesOf({ connections }: Parts, { path, flow, contact }: Binding): readonly Place[] {
  const isOpen = !isReliable(flow.transport) || connections.has(flow.connection);
  const hop = path.length > 0 ? hopOfRoute(path[0]) : isOpen ? undefined : hopOfUri(parseUri(contact));
  return [hop ?? flow];
}

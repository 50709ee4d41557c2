// A side of a call → where requests within the dialog go (RFC 3261 §12.2.1.1).
import { parseUri } from '../../sip/uri/uri.ts';
import { type Flow, isReliable } from '../flow.ts';
import type { Parts } from '../parts.ts';
import type { Place } from '../relay/forwarding.ts';
import { hopOfRoute, hopOfUri, numericTarget } from '../routing/next-hop.ts';
import { flowTo } from '../routing/own-address.ts';
import type { DialogSide } from './dialog-side.ts';

export function placesOfSide(
  { connections }: Parts,
  { routeSet, target, flow, adjacency }: DialogSide,
): readonly Place[] {
  if (routeSet.length > 0) {
    const hop = hopOfRoute(routeSet[0]);
    if (hop !== undefined) return [hop];
  }
  const hop = hopOfUri(parseUri(target));
  if (hop === undefined) return [flow];
  // After a restart the connection is none (0); RFC 3261 §18.1.1: its far port was the system's choice.
  if (isReliable(flow.transport)) return connections.has(flow.connection) ? [flow, hop] : [hop];
  // RFC 5626 §5.3, RFC 3581: subscribers may be behind a NAT, where only the way they came leads back.
  return adjacency.registeredSubscribers ? [flow] : [hop];
}

/** For an ACK, which has no transaction: sent once, to the first place. */
export function sendOnce(parts: Parts, side: DialogSide, send: (flow: Flow) => void): void {
  const place = placesOfSide(parts, side)[0];
  if ('remote' in place) {
    send(place);
    return;
  }
  const numeric = numericTarget(place);
  if (numeric !== undefined) {
    const flow = flowTo(side.adjacency, numeric);
    if (flow !== undefined) send(flow);
    return;
  }
  parts.outbox.resolve(place, side.adjacency.name, (targets) => {
    const flow = targets.length === 0 ? undefined : flowTo(side.adjacency, targets[0]);
    if (flow !== undefined) send(flow);
  });
}

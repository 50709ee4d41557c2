// Whether a crossing comes from a registered endpoint, or goes to one (rules.md §0; Cisco IM, Registered Subscribers and
// Record-Route Passthrough).

import type { Endpoint } from '../../network/endpoint.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { SipUri } from '../../sip/uri/uri.ts';
import { aorOf, type Bindings, isBound, type KnownBinding } from './bindings.ts';
import type { Crossing } from './crossing.ts';
import type { MessageFacts } from './message-facts.ts';
import { inferred, known, type Verdict } from './verdict.ts';

export function crossingRegistered(crossing: Crossing): Verdict {
  const { initial, world } = crossing;
  const request = initial?.received.request;
  if (request === undefined) return inferred(false, 0.6, 'its beginning was not captured');
  const { sip } = request;
  for (const party of [sip.from?.uri, sip.to?.uri]) {
    if (party !== undefined && inPolicy(world.policy.registered, party))
      return known(true, `policy: ${party.address} is registered`);
  }
  return (
    callerRegistered(crossing, request) ??
    calleeRegistered(crossing, initial!.sent?.request, sip.to?.uri) ??
    known(false, 'no binding of caller or callee')
  );
}

function callerRegistered(crossing: Crossing, request: MessageFacts): Verdict | undefined {
  const { bindings } = crossing.world;
  const { sip } = request;
  const bound = boundAt(bindings, sip.src, sip);
  if (bound.length === 0) return undefined;
  const aor = sip.from === undefined ? '' : aorOf(sip.from.uri);
  const contact = sip.contacts === '*' ? undefined : sip.contacts[0]?.uri;
  const proof = bound.find((one) => {
    return one.aor === aor || (contact !== undefined && sameAddress(one.contact, contact));
  });
  if (proof !== undefined)
    return known(true, `${proof.aor} registered from ${sip.src.text} (frame ${proof.frame})`);
  return bySource(bindings.ofEndpoint(sip.src), bound.at(-1)!, sip.src.text);
}

function calleeRegistered(
  crossing: Crossing,
  sent: MessageFacts | undefined,
  to: SipUri | undefined,
): Verdict | undefined {
  if (sent === undefined) return undefined;
  const { bindings } = crossing.world;
  const { sip } = sent;
  const bound = boundAt(bindings, sip.dst, sip);
  if (bound.length === 0) return undefined;
  const proof = bound.find((one) => {
    return sameAddress(one.contact, sip.uri) || (to !== undefined && one.aor === aorOf(to));
  });
  if (proof !== undefined)
    return known(true, `${proof.aor} registered from ${sip.dst.text} (frame ${proof.frame})`);
  return bySource(bindings.ofEndpoint(sip.dst), bound.at(-1)!, sip.dst.text);
}

/** An endpoint that several users register from is a gateway: who of them calls, its address does not tell. */
function bySource(all: readonly KnownBinding[], last: KnownBinding, address: string): Verdict | undefined {
  if (all.some(({ aor }) => aor !== last.aor)) return undefined;
  return inferred(true, 0.7, `${last.aor} registered from ${address} (frame ${last.frame})`);
}

/** What an address had registered when a message passed: it may have lapsed, and been made again, since. */
function boundAt(bindings: Bindings, endpoint: Endpoint, message: SipMessage): readonly KnownBinding[] {
  const own = bindings.ofEndpoint(endpoint);
  if (own.length === 0) return own;
  return own.flatMap(({ contact }) => {
    const grants = bindings.history(contact);
    return grants.findLast((one) => one.endpoint.text === endpoint.text && isBound(one, message)) ?? [];
  });
}

function sameAddress(one: SipUri, other: SipUri): boolean {
  return (
    one.user === other.user && one.host.toLowerCase() === other.host.toLowerCase() && one.port === other.port
  );
}

/** With or without a scheme. */
function inPolicy(registered: readonly string[], uri: SipUri): boolean {
  const address = uri.address.toLowerCase();
  return registered.some((one) => one.toLowerCase().replace(/^(?:sips?|tel):/, '') === address);
}

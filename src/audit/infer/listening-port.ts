// Where a box listens, whatever port the packets show: a connection that it opens itself comes from any port, and its own sent-by
// says where it is reached (RFC 3261 §18.1.1, §18.2.2).
import { normalHost } from '../../policy/address-range.ts';
import { defaultPort, transportNamed } from '../../policy/host-address.ts';
import type { TransportName } from '../../policy/policy.ts';
import { contactOf } from '../../rules/facts/contact.ts';
import type { Side } from '../../rules/facts/crossing-side.ts';
import type { MessageFacts } from '../../rules/facts/message-facts.ts';

/** Of the first message at this side. */
export function transportAt({ leg }: Side): TransportName {
  return transportNamed(leg.messages[0]!.sip.transport) ?? 'udp';
}

export function listeningPort(side: Side): number {
  const transport = transportAt(side);
  if (transport === 'udp') return side.box.port;
  for (const message of side.leg.messages) {
    const told = side.received(message) ? undefined : toldBy(message, transport);
    if (told !== undefined && normalHost(told.host) === side.box.ip) return told.port;
  }
  return side.box.port;
}

/** Its sent-by; of a response the Contact, which names the same place. */
function toldBy(message: MessageFacts, transport: TransportName): { host: string; port: number } | undefined {
  const named = message.isRequest ? message.sip.vias[0] : contactOf(message)?.uri;
  // A Contact of a registrar is the client's own, and then its host is another.
  return named && { host: named.host, port: named.port ?? defaultPort(transport) };
}

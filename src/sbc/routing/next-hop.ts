// A URI → where a request for it is to be sent (RFC 3263 §4, RFC 3261 §8.1.2, §19.1.1).

import { normalHost } from '../../policy/address-range.ts';
import { defaultPort } from '../../policy/host-address.ts';
import type { NextHop, TransportName } from '../../policy/policy.ts';
import { hostKind } from '../../sip/uri/host.ts';
import { isIPv6 } from '../../sip/uri/ip-address.ts';
import { parseNameAddr } from '../../sip/uri/name-addr.ts';
import type { SipUri } from '../../sip/uri/uri.ts';
import type { Target } from '../event.ts';

/** undefined for a URI that names no host. */
export function hopOfUri(uri: SipUri): NextHop | undefined {
  if (uri.scheme !== 'sip' && uri.scheme !== 'sips') return undefined;
  const host = uri.params.get('maddr') || uri.host;
  if (host === '') return undefined;
  const asked = uri.params.get('transport')?.toLowerCase();
  const transport =
    asked !== undefined && isTransport(asked) ? asked : uri.scheme === 'sips' ? ('tls' as const) : null;
  return {
    host: normalHost(host),
    port: uri.port ?? null,
    transport: uri.scheme === 'sips' ? secure(transport) : transport,
  };
}

/** Of a Route value: `<sip:proxy.example.com;lr>`. */
export function hopOfRoute(value: string): NextHop | undefined {
  return hopOfUri(parseNameAddr(value).uri);
}

/** RFC 3263 §4.1, §4.2: an address needs no DNS; the transport is UDP where nothing says. undefined for a name. */
export function numericTarget({ host, port, transport }: NextHop): Target | undefined {
  if (!isIPv6(host) && hostKind(host) !== 'ipv4') return undefined;
  return { transport: transport ?? 'udp', ip: host, port: port ?? defaultPort(transport) };
}

function secure(transport: TransportName | null): TransportName {
  return transport === 'ws' || transport === 'wss' ? 'wss' : 'tls';
}

function isTransport(text: string): text is TransportName {
  return text === 'udp' || text === 'tcp' || text === 'tls' || text === 'ws' || text === 'wss';
}

// Whether two URIs lead to the same place: user, host, port and transport, whatever else they carry. Wider than the
// comparison of RFC 3261 §19.1.4, for boxes that add parameters of their own or leave the transport out.
import { normalHost } from '../../policy/address-range.ts';
import type { NameAddr } from '../../sip/uri/name-addr.ts';
import type { SipUri } from '../../sip/uri/uri.ts';

export function sameTarget(a: SipUri, b: SipUri): boolean {
  if (a.text === b.text) return true;
  if (a.host === '' || b.host === '') return a.scheme === b.scheme && a.address === b.address;
  return (
    a.user === b.user &&
    sameHost(a.host, b.host) &&
    portOf(a) === portOf(b) &&
    sameTransport(transportOf(a), transportOf(b))
  );
}

/** The same places in the same order. */
export function sameTargets(a: readonly NameAddr[], b: readonly NameAddr[]): boolean {
  return a.length === b.length && a.every(({ uri }, index) => sameTarget(uri, b[index]!.uri));
}

/** IP addresses by value, names without case. */
export function sameHost(a: string, b: string): boolean {
  return a === b || normalHost(a) === normalHost(b);
}

/** Left out it may be any (RFC 3263 §4.1). */
function sameTransport(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

/** RFC 3261 §19.1.2: 5060, or 5061 for sips and TLS. */
function portOf(uri: SipUri): number {
  return uri.port ?? (uri.scheme === 'sips' || transportOf(uri) === 'tls' ? 5061 : 5060);
}

function transportOf({ params }: SipUri): string | undefined {
  return params.get('transport')?.toLowerCase();
}

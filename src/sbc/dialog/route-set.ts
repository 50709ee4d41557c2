// Record-Route values → the Route values of requests that the SBC sends (RFC 3261 §12.1, §16.6 step 4, §20.34).
import type { Adjacencies } from '../../policy/adjacency-lookup.ts';
import { parseNameAddr } from '../../sip/uri/name-addr.ts';

/** Of the side the request came from (UAS, §12.1.1): the received values in their order. */
export function routeSetOfRequest(recordRoutes: readonly string[]): readonly string[] {
  return recordRoutes;
}

/**
 * Of the side the request went to (UAC, §12.1.2): the response's values in reverse. With passthrough the SBC's own
 * values and those of the caller's side are among them: `sent`, those of the request as it left, are below those that
 * were added after it. Where they are not known, all beyond the first own one as seen from here is the other side's.
 */
export function routeSetOfResponse(
  recordRoutes: readonly string[],
  own: Adjacencies,
  sent: readonly string[] = [],
): readonly string[] {
  const added = recordRoutes.length - sent.length;
  const isBelow = added >= 0 && sent.every((value, index) => recordRoutes[added + index] === value);
  let end = isBelow && sent.length > 0 ? added : -1;
  if (end < 0) end = recordRoutes.findIndex((value) => own.isLocalHost(parseNameAddr(value).uri.host));
  if (end < 0) end = recordRoutes.length;
  return recordRoutes.slice(0, end).reverse();
}
